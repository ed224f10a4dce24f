import {readFileSync} from 'node:fs';
import {samplesOf} from './samples.js';

const fixture = (path: string): string => readFileSync(new URL(`../fixtures/${path}`, import.meta.url), 'utf8');

/** A config of three profiles with a fresh key for each, whose fingerprints are right. */
function ociFiles(): Readonly<Record<string, string>> {
	const [plain, locked, again] = samplesOf('oci');
	const files: Record<string, string> = {};
	const sections: readonly (readonly [string, Readonly<Record<string, string>> | undefined])[] = [
		['DEFAULT', plain],
		['ADMIN', locked],
		['frankfurt', again],
	];
	const texts = sections.map(([name, sample]) => {
		const {user, tenancy, fingerprint, region, privateKey = '', passphrase} = sample ?? {};
		files[`.oci/${name}.pem`] = privateKey;
		const phrase = passphrase === undefined ? '' : `pass_phrase=${passphrase}\n`;
		return `[${name}]\nuser=${user}\ntenancy=${tenancy}\nfingerprint=${fingerprint}\nregion=${region}\nkey_file=~/.oci/${name}.pem\n${phrase}`;
	});
	return {'.oci/config': texts.join('\n'), ...files};
}

/**
 * The files of a machine on which somebody has used everything: by kind of importer, where it lies in the home
 * directory of a Linux machine and what is in it.
 */
export const machineFiles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	aws: {'.aws/credentials': fixture('aws/credentials.ini'), '.aws/config': fixture('aws-config/config')},
	gcloud: {
		'.config/gcloud/application_default_credentials.json': fixture('gcloud/service-account.json'),
		...Object.fromEntries(
			['two', 'three'].map(name => [
				`.config/gcloud/legacy_credentials/${name}@example.com/adc.json`,
				JSON.stringify({...JSON.parse(samplesOf('gce')[0]?.serviceAccount ?? ''), private_key_id: name}),
			]),
		),
	},
	az: {
		'.azure/service_principal_entries.json': fixture('az/service_principal_entries.json'),
		'.azure/azureProfile.json': fixture('az/azureProfile.json'),
	},
	'azure-credentials': {'.azure/credentials': fixture('azure-credentials/credentials')},
	doctl: {'.config/doctl/config.yaml': fixture('doctl/config.yaml')},
	'linode-cli': {'.linode-cli': fixture('linode-cli/linode-cli')},
	'vultr-cli': {'.config/vultr-cli.yaml': fixture('vultr-cli/vultr-cli.yaml')},
	scw: {'.config/scw/config.yaml': fixture('scw/config.yaml')},
	hcloud: {'.config/hcloud/cli.toml': fixture('hcloud/cli.toml')},
	wrangler: {'.config/.wrangler/config/default.toml': fixture('wrangler/first-version-token.toml')},
	ovh: {'.ovh.conf': fixture('ovh/ovh.conf')},
	ibmcloud: {'ibm-credentials.env': fixture('ibmcloud/ibm-credentials.env')},
	softlayer: {'.softlayer': fixture('softlayer/softlayer')},
	aliyun: {'.aliyun/config.json': fixture('aliyun/config.json')},
	alibabacloud: {'.alibabacloud/credentials': fixture('alibabacloud/credentials')},
	openstack: {
		'.config/openstack/clouds.yaml': fixture('openstack/clouds.yaml'),
		'.config/openstack/secure.yaml': fixture('openstack/secure.yaml'),
	},
	oci: ociFiles(),
	dotenv: {'.env': fixture('dotenv/env')},
	civo: {'.civo.json': fixture('civo/civo.json')},
	upctl: {'.config/upctl.yaml': fixture('upctl/upctl.yaml')},
	exoscale: {'.config/exoscale/exoscale.toml': fixture('exoscale/exoscale.toml')},
	metal: {'.config/equinix/metal.yaml': fixture('metal/metal.yaml')},
	pharmer: Object.fromEntries(
		['one', 'two', 'three'].map(name => [
			`.pharmer/store.d/credentials/${name}.json`,
			fixture('pharmer/aws-prod.json')
				.replace('"aws-prod"', `"${name}"`)
				.replace('+example', `+${name}`.padEnd(8, 'x')),
		]),
	),
};
