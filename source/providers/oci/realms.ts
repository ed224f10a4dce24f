/** The domains of Oracle's clouds by realm (oci-common 2.142.1, realm.js). */
const domains: Readonly<Record<string, string>> = {
	oc1: 'oraclecloud.com',
	oc2: 'oraclegovcloud.com',
	oc3: 'oraclegovcloud.com',
	oc4: 'oraclegovcloud.uk',
	oc19: 'oraclecloud.eu',
};

/** The others are called by their number: `oraclecloud8.com`. */
const numbered = new Set(['8', '9', '10', '14', '15', '20', '21', '23', '24', '26', '29', '35', '42', '51', '52']);

/**
 * The host of the identity service in a region. The realm is the third part of an OCID, `ocid1.user.oc1..…`. Undefined
 * for a realm that is not known here, and for a region that can't be one.
 */
export function identityHost(region: string, ocid: string): string | undefined {
	const realm = ocid.split(/[.:]/)[2] ?? '';
	const number = realm.replace(/^oc/, '');
	const domain = Object.hasOwn(domains, realm)
		? domains[realm]
		: numbered.has(number)
			? `oraclecloud${number}.com`
			: undefined;
	return domain === undefined || !/^[a-z\d]+(?:-[a-z\d]+)*$/.test(region) ? undefined : `identity.${region}.${domain}`;
}
