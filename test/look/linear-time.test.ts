import assert from 'node:assert/strict';
import {test} from 'node:test';
import {importers} from '../../source/look/importers.js';
import {FileText} from '../../source/providers/file-text.js';
import {lookupsOf} from '../helpers/counted.js';
import {assertLinear, longest} from '../helpers/linear.js';

/** A file with many profiles: its name if that matters, its start, each profile, and its end. */
type Many = {
	readonly file?: string;
	readonly start?: string;
	readonly each: (index: number) => string;
	readonly end?: string;
};

/** For tools whose file holds one credential, that credential has a long value. */
const many: Readonly<Record<string, Many>> = {
	aws: {each: index => `[profile p${index}]\naws_access_key_id = a\naws_secret_access_key = b\n`},
	gcloud: {
		start: '{"type": "service_account", "client_email": "a", "project_id": "b", "private_key": "',
		each: () => 'c\\n',
		end: '"}',
	},
	az: {start: '[', each: () => '{client_id: a, tenant: b, client_secret: c},', end: ']'},
	'azure-credentials': {each: index => `[p${index}]\nsubscription_id: a\nclient_id: b\nsecret: c\ntenant: d\n`},
	doctl: {start: 'context: a\nauth-contexts:\n', each: index => `  c${index}: a\n`},
	'linode-cli': {file: 'linode-cli', each: index => `[u${index}]\ntoken = a\n`},
	'vultr-cli': {file: 'vultr-cli.yaml', start: 'api-key: a', each: () => 'b'},
	scw: {
		start: 'default_project_id: a\nprofiles:\n',
		each: index => `  p${index}: {access_key: SCWA, secret_key: b}\n`,
	},
	hcloud: {each: index => `[[contexts]]\nname = "c${index}"\ntoken = "a"\n`},
	wrangler: {file: 'default.toml', start: 'api_token = "', each: () => 'a', end: '"\n'},
	ovh: {each: index => `[profile:p${index}]\napplication_key = a\napplication_secret = b\nconsumer_key = c\n`},
	ibmcloud: {file: 'ibm-credentials.env', each: index => `SERVICE_${index}_APIKEY=a\n`},
	softlayer: {start: '[softlayer]\nusername = a\napi_key = b\n', each: index => `k${index} = c\n`},
	aliyun: {
		start: '{"profiles": [',
		each: index => `{"name": "p${index}", "mode": "AK", "access_key_id": "a", "access_key_secret": "b"},`,
		end: ']}',
	},
	alibabacloud: {each: index => `[p${index}]\ntype = access_key\naccess_key_id = a\naccess_key_secret = b\n`},
	oci: {
		start: '[DEFAULT]\ntenancy = ocid1.tenancy.oc1..a\n',
		each: index => `[p${index}]\nuser = a\nkey_file = b\n`,
	},
	civo: {start: '{"meta": {}, "apikeys": {', each: index => `"k${index}": "a",`, end: '}}'},
	upctl: {file: 'upctl.yaml', start: 'username: a\npassword: ', each: () => 'b'},
	exoscale: {each: index => `[[accounts]]\nname = "a${index}"\nkey = "EXOa"\nsecret = "b"\n`},
	openstack: {start: 'clouds:\n', each: index => `  c${index}: {auth: {username: a, password: b, auth_url: c}}\n`},
	metal: {file: 'metal.yaml', start: 'token: a', each: () => 'b'},
	pharmer: {
		start: '{"apiVersion": "v1beta1", "kind": "Credential", "spec": {"provider": "generic", "data": {',
		each: index => `"f${index}": "a",`,
		end: '}}}',
	},
	dotenv: {start: 'VULTR_API_KEY=a\n', each: index => `OTHER_KEY_${index}=a\n`},
};

function textOf({start = '', each, end = ''}: Many, length: number): string {
	let text = start;
	for (let index = 0; text.length < length; index++) text += each(index);
	return text + end;
}

const least = 16 * 1024;

for (const importer of importers) {
	test(`${importer.kind}: reading many profiles takes time linear in the length of the file`, test => {
		const one = many[importer.kind] ?? assert.fail(`there is no text for ${importer.kind}`);
		const run = (text: string) => {
			assert.ok(importer.recognizes(new FileText(text, one.file ?? '')));
			const {found, refused} = importer.read([text]);
			return assert.ok(found.length + refused.length > 0);
		};
		// 1 MiB of YAML may have too many nodes to be read at all; 256 KiB are read.
		const isRead = longest <= least || importer.recognizes(new FileText(textOf(one, 16 * longest), one.file ?? ''));
		const length = isRead ? longest : least;
		assertLinear(importer.kind, run, size => textOf(one, size), [1024, length]);
		test.diagnostic(`${importer.kind}: up to ${(16 * length) / 1024} KiB`);
	});
}

const importerOf = (kind: string) => importers.find(each => each.kind === kind) ?? assert.fail(kind);

test('oci: the time for each profile does not grow with the number of defaults', () => {
	const text = (length: number) =>
		textOf({start: '[DEFAULT]\n', each: index => `k${index}=v\n`}, length / 2) +
		textOf({each: index => `[p${index}]\nuser=\n`}, length / 2);
	assertLinear('oci', each => importerOf('oci').read([each]), text, [1024, 16 * 1024]);
});

test('az: the time for each entry does not grow with the number of subscriptions', async () => {
	const entry = '{client_id: a, tenant: b, client_secret: c},';
	const subscription = (index: number) => `{id: s${index}, tenantId: b, user: {type: servicePrincipal, name: a}},`;
	const lookups = (count: number): Promise<number> => {
		const profile = `{subscriptions: [${Array.from({length: count}, (_, index) => subscription(index)).join('')}]}`;
		return lookupsOf(() => importerOf('az').read([`[${entry.repeat(count)}]`, profile]));
	};
	const [few, all] = [await lookups(20), await lookups(320)];
	assert.ok(all < 20 * few, `16 times as many take ${all} lookups instead of ${few}`);
});
