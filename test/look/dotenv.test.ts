import assert from 'node:assert/strict';
import {test} from 'node:test';
import {suggestedNames} from '../../source/credentials/found.js';
import {exportDotenv} from '../../source/documents/exports/dotenv.js';
import {Secret} from '../../source/domain/secret.js';
import {dotenv} from '../../source/look/dotenv.js';
import {importers} from '../../source/look/importers.js';
import {look} from '../../source/look/look.js';
import {FileText} from '../../source/providers/file-text.js';
import {awsContent, keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {filesWorld} from '../helpers/import-world.js';
import {clear, fixture} from '../helpers/importing.js';
import {samplesOf} from '../helpers/samples.js';

const text = fixture('dotenv/env');

test('finds every provider whose variables are set, and refuses a value that readers disagree on', () => {
	const reading = dotenv.read([text]);
	assert.deepEqual(
		reading.found.map(({provider, data}) => [provider.id, [...data.keys()].join()]),
		[
			['digitalocean', 'token'],
			['linode', 'token'],
			['hetzner', 'token'],
		],
	);
	assert.deepEqual(clear(reading)[2]?.[1], [
		['token', 'canary00000000000000000000000000000000000000000000000000000000hc'],
	]);
	assert.deepEqual(
		reading.found.map(({label}) => label),
		['digitalocean', 'linode', 'hetzner'],
	);
	assert.equal(reading.refused.length, 1);
	assert.equal(reading.refused[0]?.label, 'EXOSCALE_API_SECRET');
	assert.match(reading.refused[0]?.reason ?? '', /put its value on line 6 in single quotes, with no comment after it/);
});

test('refuses an incomplete credential with a reason, and reads named files next to the .env file', async () => {
	const [sample] = samplesOf('gce');
	const world = filesWorld({
		'/app/.env': `AWS_SECRET_ACCESS_KEY=${secretKey}\nGOOGLE_APPLICATION_CREDENTIALS=./keys/sa.json\n`,
		'/app/keys/sa.json': sample?.serviceAccount ?? '',
	});
	const {found, refused} = await look(['/app/.env'], world);
	assert.deepEqual(
		found.map(({provider, data}) => [provider.id, data.get('serviceAccount')?.reveal()]),
		[['gce', sample?.serviceAccount]],
	);
	assert.match(refused[0]?.reason ?? '', /can't be kept: Access key ID can't be empty/);
});

test('reports a possible secret of no known provider, showing only its name', () => {
	const {found, refused} = dotenv.read([
		"HCLOUD_TOKEN=a\nPORT=80\nHOME_URL=https://example.com/\nDATABASE_URL=postgres://me:canary@db/x\nJWT_KEY='canary\n'\nA_SECRET=$canary\n",
	]);
	assert.equal(found.length, 1);
	assert.equal(refused.length, 1);
	assert.equal(refused[0]?.label, 'DATABASE_URL, JWT_KEY, A_SECRET');
	assert.match(refused[0]?.reason ?? '', /-p generic -f FILE/);
	assert.doesNotMatch(JSON.stringify(refused), /canary/);
});

test('variables of no known provider can be kept as a generic credential, by who chooses to', async () => {
	const files = {
		'/app/.env': `HCLOUD_TOKEN=${'h'.repeat(64)}\nPORT=80\nDATABASE_URL=postgres://me:pass@db/x\nJWT_KEY='k'\n_KEY=x\nA_SECRET=$other\n`,
		'/app/only.env': 'SMTP_PASSWORD=letter-box\nPORT=25\n',
		'/app/none.env': 'PORT=25\nHOST=db\n',
	};
	const offersIn = async (path: string) =>
		(await look([path], filesWorld(files))).refused.map(({offer}) => [
			offer?.label,
			offer?.provider.id,
			offer?.offered,
			[...(offer?.data ?? [])].map(([key, value]) => [key, value.reveal()]),
		]);
	const both = [
		['DATABASE_URL', 'postgres://me:pass@db/x'],
		['JWT_KEY', 'k'],
	];
	assert.deepEqual(await offersIn('/app/.env'), [['', 'generic', true, both]]);
	const smtp = ['SMTP_PASSWORD', 'generic', true, [['SMTP_PASSWORD', 'letter-box']]];
	assert.deepEqual(await offersIn('/app/only.env'), [smtp]);
	await assert.rejects(look(['/app/none.env'], filesWorld(files)), /no secret variable of a known provider/);
});

test('finds what is exported as dotenv again, to the byte', async () => {
	const account = new Map(Object.entries(samplesOf('gce')[0] ?? {}).map(([key, value]) => [key, new Secret(value)]));
	const credentials = [
		storedCredential('work', awsContent('work', {region: 'eu-west-1'})),
		storedCredential('account', {provider: 'gce', data: account}),
	];
	const {found} = await look(['/x'], filesWorld({'/x': exportDotenv(credentials)}));
	assert.deepEqual(
		suggestedNames(found, []),
		credentials.map(({name}) => name),
	);
	const values = found.map(({provider, data}) => [provider.id, [...data].map(([key, value]) => [key, value.reveal()])]);
	assert.deepEqual(
		values,
		credentials.map(({provider, data}) => [provider, [...data].map(([key, value]) => [key, value.reveal()])]),
	);
});

test('recognizes a file by its variables, whatever its name, unless it belongs to a more specific tool', () => {
	const openrc = new FileText(fixture('openstack/app-openrc.sh'), 'app-openrc.sh');
	assert.equal(importers.find(each => each.recognizes(openrc))?.kind, 'openstack');
	assert.equal(importers.find(each => each.recognizes(new FileText(text, '.env')))?.kind, 'dotenv');
	assert.ok(dotenv.recognizes(new FileText(text, '')));
	assert.ok(dotenv.recognizes(new FileText(`AWS_ACCESS_KEY_ID=${keyId}\nAWS_SECRET_ACCESS_KEY=x`, 'notes.txt')));
	for (const other of [
		'AWS_REGION=eu-west-1\n',
		'PORT=8080\nDEBUG=1\n',
		'HCLOUD_TOKEN=\n',
		'HCLOUD_TOKEN=$(pass hcloud)\n',
	]) {
		assert.ok(!dotenv.recognizes(new FileText(other, '.env')), other);
	}
});
