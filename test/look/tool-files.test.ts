import assert from 'node:assert/strict';
import {test} from 'node:test';
import {exposedFiles, whereOf, widestMode} from '../../source/credentials/found.js';
import {PharmerError} from '../../source/domain/errors.js';
import {importers} from '../../source/look/importers.js';
import {lookAround} from '../../source/look/look.js';
import {keyId, secretKey} from '../helpers/credentials.js';
import {filesWorld} from '../helpers/import-world.js';
import {toolFixture} from '../helpers/importers.js';
import {samplesOf} from '../helpers/samples.js';

const [privateKeySample = {}] = samplesOf('oci');

/** A text that each tool reads and that holds no key. */
const without: Readonly<Record<string, string>> = {
	aws: '[default]\nregion = eu-west-1\n',
	gcloud: '{"type": "service_account", "client_email": "a@b.iam.gserviceaccount.com"}',
	az: '[]',
	'azure-credentials': '[default]\nsubscription_id = a\n',
	doctl: 'context: default\n',
	'linode-cli': '[DEFAULT]\ndefault-user = ann\n\n[ann]\nregion = eu-central\n',
	'vultr-cli': 'output: json\n',
	scw: 'default_region: fr-par\n',
	hcloud: 'active_context = "a"\n',
	wrangler: 'send_metrics = false\n',
	ovh: '[default]\nendpoint = ovh-eu\n',
	ibmcloud: '# nothing\n',
	softlayer: '[softlayer]\nendpoint_url = https://api.softlayer.com\n',
	aliyun: '{"current": "default", "profiles": [{"name": "default", "mode": "AK"}]}',
	alibabacloud: '[default]\nenable = true\n',
	oci: '[DEFAULT]\nregion = eu-frankfurt-1\n',
	civo: '{"apikeys": {}, "meta": {"default_region": "LON1"}}',
	upctl: 'output: human\n',
	exoscale: 'defaultaccount = "a"\n',
	openstack: 'clouds:\n',
	metal: '# nothing\n',
	dotenv: 'EDITOR=vi\n',
};

for (const importer of importers.filter(({kind}) => kind !== 'pharmer')) {
	test(`${importer.kind}: says of a file of its own that it holds no key`, async () => {
		const text = without[importer.kind] ?? assert.fail(`there is no text for ${importer.kind}`);
		for (const [path] of importer.files(filesWorld().places)) {
			const {found, refused, damaged} = await lookAround(filesWorld({[path]: text}), [importer.kind]);
			assert.deepEqual([found, damaged], [[], []], path);
			assert.ok(refused.length > 0, path);
			for (const each of refused) assert.equal(each.where, path);
		}
	});
}

const cloud = 'clouds: {shop: {profile: housecloud, auth: {username: ops, project_name: shop}}}\n';
const config = '/home/me/.config/openstack';

test("reads a cloud's secret and vendor profile from the files beside it", async () => {
	const world = filesWorld({
		[`${config}/clouds.yaml`]: cloud,
		[`${config}/secure.yml`]: 'clouds: {shop: {auth: {password: a}}}\n',
		[`${config}/clouds-public.yaml`]: toolFixture('openstack/clouds-public.yaml'),
	});
	const {found, refused, damaged} = await lookAround(world, ['openstack']);
	assert.deepEqual([refused, damaged], [[], []]);
	assert.equal(found[0]?.data.get('authURL')?.reveal(), 'https://north-1.id.example.net:5000/v3');
	assert.equal(found[0]?.data.get('region')?.reveal(), 'north-1');
});

test('a damaged companion is named, and does not cost what does not need it', async () => {
	const world = filesWorld({
		[`${config}/clouds.yaml`]: `${cloud}  # more\n`.replace('}}}', ', password: b}, auth_url: c}}'),
		[`${config}/secure.yaml`]: 'clouds: {shop: "canary\n',
	});
	const {found, damaged} = await lookAround(world, ['openstack']);
	assert.equal(found.length, 1);
	assert.deepEqual(
		damaged.map(({path}) => path),
		[`${config}/secure.yaml`],
	);
	assert.match(damaged[0]?.problem ?? '', /secure\.yaml`: line \d+, column \d+: (?!.*canary)/);
});

test('a companion that can not be read is named, and does not cost the file', async () => {
	const files = filesWorld({[`${config}/clouds.yaml`]: `${cloud}\n`.replace('}}}', ', password: b}, auth_url: c}}')});
	const world = {
		...files,
		async read(path: string, limit?: number) {
			if (!path.endsWith('/secure.yaml')) return files.read(path, limit);
			throw new PharmerError('file', `\`${path}\` may not be read`, 'check its permissions');
		},
	};
	const {found, damaged} = await lookAround(world, ['openstack']);
	assert.equal(found.length, 1);
	assert.ok(damaged.every(({path, problem}) => path.endsWith('/secure.yaml') && problem.includes('may not be read')));
	assert.ok(damaged.length > 0);
});

/** Each find's place, its widest mode, and the files that others can read. */
async function exposures(files: Parameters<typeof filesWorld>[0], kind: string, environment = {}) {
	const {found} = await lookAround(filesWorld(files, environment), [kind]);
	return found.map(each => [whereOf(each), widestMode(each), exposedFiles(each).map(({path}) => path)]);
}

test('a profile with its keys in the config file is found there, with the mode of that file', async () => {
	const keys = `aws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n`;
	const credentials = '/home/me/.aws/credentials';
	const config = '/home/me/.aws/config';
	const files = {
		[credentials]: `[own]\n${keys}[both]\nregion = r\n[half]\naws_access_key_id = ${keyId}\n`,
		[config]: [
			`[profile inconf]\n${keys}[profile both]\n${keys}[profile own]\nregion = r\n[profile half]\naws_secret_access_key = ${secretKey}\n`,
			0o644,
		],
	} as const;
	assert.deepEqual(await exposures(files, 'aws'), [
		[`${credentials} [own]`, 0o600, []],
		[`${config} [both]`, 0o644, [config]],
		[`${config} [half]`, 0o644, [config]],
		[`${config} [inconf]`, 0o644, [config]],
	]);
});

test("a cloud's secret is found in the file that holds it, with the mode of that file", async () => {
	const [clouds, secure] = [`${config}/clouds.yaml`, `${config}/secure.yaml`];
	const auth = 'auth: {auth_url: c, username: ops, project_name: shop';
	const files = {
		[clouds]: `clouds: {own: {${auth}, password: b}}, shop: {${auth}}}}\n`,
		[secure]: ['clouds: {shop: {auth: {password: a}}}\n', 0o640],
	} as const;
	assert.deepEqual(await exposures(files, 'openstack'), [
		[`${clouds} [own]`, 0o600, []],
		[`${secure} [shop]`, 0o640, [secure]],
	]);
});

const pem = privateKeySample.privateKey ?? '';
const profile = (path: string): string =>
	`[DEFAULT]\nuser=${privateKeySample.user}\ntenancy=${privateKeySample.tenancy}\nregion=r\nfingerprint=${privateKeySample.fingerprint}\nkey_file=${path}\n`;

test('a key file that others can read is named, whether a file or a variable names it', async () => {
	const [config, key] = ['/home/me/.oci/config', '/home/me/.oci/key.pem'];
	const files = {[config]: profile('~/.oci/key.pem'), [key]: [pem, 0o644]} as const;
	assert.deepEqual(await exposures(files, 'oci'), [[`${config} [DEFAULT]`, 0o644, [key]]]);
	const {user, tenancy} = privateKeySample;
	const environment = {OCI_CLI_USER: user, OCI_CLI_TENANCY: tenancy, OCI_CLI_REGION: 'r', OCI_CLI_KEY_FILE: key};
	assert.deepEqual(
		(await exposures(files, 'environment', environment)).map(([, ...rest]) => rest),
		[[0o644, [key]]],
	);
});

test('a key file in the place of the one that is named is said', async () => {
	const [config, key] = ['/home/me/.oci/config', '/home/me/.oci/key.pem'];
	const {found} = await lookAround(filesWorld({[config]: profile('/nowhere/key.pem'), [key]: pem}), ['oci']);
	assert.equal(
		found[0]?.remark,
		`the file \`/nowhere/key.pem\` that it names can't be read: \`${key}\` was taken in its place`,
	);
});
