/**
 * The ids of the providers at which identities can be made: those of `issuers`, for who does not need what makes them.
 */
export const issuerIds: ReadonlySet<string> = new Set([
	'aws',
	'alibaba',
	'gce',
	'azure',
	'ibm',
	'oci',
	'scaleway',
	'exoscale',
	'cloudflare',
	'linode',
	'openstack',
]);
