import assert from 'node:assert/strict';
import {test} from 'node:test';
import {suggestedNames} from '../../source/credentials/found.js';
import {mergeEnvironments} from '../../source/credentials/merged-environment.js';
import {exportDotenv} from '../../source/documents/exports/dotenv.js';
import {exportTfvars} from '../../source/documents/exports/tfvars.js';
import {Secret} from '../../source/domain/secret.js';
import {dotenv} from '../../source/look/dotenv.js';
import {importers} from '../../source/look/importers.js';
import {look, lookAround} from '../../source/look/look.js';
import {readFileSources} from '../../source/look/sources.js';
import {aws} from '../../source/providers/aws/schema.js';
import {providerOf} from '../../source/providers/catalog.js';
import {FileText} from '../../source/providers/file-text.js';
import {openstack} from '../../source/providers/openstack/schema.js';
import {quoteDotenv} from '../../source/text/dotenv.js';
import {renderVariables} from '../../source/text/shell-quote.js';
import {fields} from '../helpers/command-line.js';
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

test('what only looks like a name, such as a line of a key, is counted and not shown', () => {
	const [left] = dotenv.read(['TLS_KEY=-----BEGIN\nMIIEpAIBkeyCanary0123=\n']).refused;
	assert.equal(left?.label, 'TLS_KEY, 1 more');
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

test('an export for Terraform is not taken for variables, whatever its fields are called', async () => {
	const data = fields({AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey, token: 'abc'});
	const text = exportTfvars([storedCredential('odd', {provider: 'generic', data}), storedCredential('work')]);
	for (const written of [text, text.replaceAll('\n', '\r\n')]) {
		await assert.rejects(look(['/x.tfvars'], filesWorld({'/x.tfvars': written})), {
			code: 'invalid',
			message: '`/x.tfvars`: this is an export as tfvars, which is for other programs and not read back',
		});
	}
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

const cloud = (password: string) =>
	storedCredential('cloud', {
		provider: 'openstack',
		data: fields({
			authURL: 'https://id.example.com/v3',
			username: 'ops',
			password,
			userDomainName: 'Default',
			projectName: 'demo',
			projectDomainName: 'Default',
		}),
	});

test('finds what env writes for every shell again, in a named file and on standard input', async () => {
	const values = ['plain', "it's $HOME", 'back\\slash\\', 'two\nlines\n', '`x` "y" %z%', '\u2018so\u2019', 'a\r\nb'];
	for (const password of values) {
		const {set, unset} = mergeEnvironments([cloud(password)], false, providerOf);
		for (const shell of ['bash', 'zsh', 'fish', 'powershell', 'json', 'dotenv'] as const) {
			if (shell === 'dotenv' && quoteDotenv(password) === undefined) continue;
			const text = renderVariables(set, unset, shell);
			const {found, refused} = await look(['/x'], filesWorld({'/x': text}));
			assert.deepEqual(refused, [], `${shell} ${password}`);
			assert.deepEqual(
				found.map(each => each.data.get('password')?.reveal()),
				[password],
				shell,
			);
			for (const provider of [undefined, openstack]) {
				const {
					sources: [source],
				} = await readFileSources('-', text, filesWorld(), provider);
				assert.equal(source.data.get('password')?.reveal(), password, shell);
			}
		}
	}
});

test('finds AWS keys again that are written for two variables of the region', async () => {
	const {set, unset} = mergeEnvironments(
		[storedCredential('a', awsContent('a', {region: 'eu-west-1'}))],
		false,
		providerOf,
	);
	for (const shell of ['bash', 'powershell', 'json'] as const) {
		const {
			sources: [source],
		} = await readFileSources('-', renderVariables(set, unset, shell), filesWorld());
		assert.equal(source.data.get('region')?.reveal(), 'eu-west-1', shell);
		assert.equal(source.data.get('secretAccessKey')?.reveal(), secretKey, shell);
	}
});

test('reads keys with spaces around = in the usual place and in a named file', async () => {
	const text = `AWS_ACCESS_KEY_ID = ${keyId}\nAWS_SECRET_ACCESS_KEY = ${secretKey}\n`;
	const {found} = await look([], filesWorld({'/home/me/.env': text}));
	assert.equal(found[0]?.data.get('secretAccessKey')?.reveal(), secretKey);
	const {
		sources: [source],
	} = await readFileSources('/aws.env', text, filesWorld(), aws);
	assert.equal(source.data.get('secretAccessKey')?.reveal(), secretKey);
});

test('reads the lines that the AWS access portal copies for PowerShell and cmd', async () => {
	const settings = [
		['AWS_ACCESS_KEY_ID', keyId],
		['AWS_SECRET_ACCESS_KEY', secretKey],
		['AWS_SESSION_TOKEN', 'token=='],
	] as const;
	for (const text of [
		settings.map(([name, value]) => `$Env:${name}="${value}"\r\n`).join(''),
		settings.map(([name, value]) => `SET ${name}=${value}\r\n`).join(''),
	]) {
		const {
			sources: [source],
		} = await readFileSources('-', text, filesWorld(), aws);
		assert.deepEqual(
			['accessKeyID', 'secretAccessKey', 'sessionToken'].map(key => source.data.get(key)?.reveal()),
			settings.map(([, value]) => value),
		);
	}
});

test('the reason for a named file is that of its line', async () => {
	const text = `OS_AUTH_URL=https://id.example.com\nOS_USERNAME=ops\nOS_PASSWORD="it's $HOME"\n`;
	const {found, refused} = await look(['/x'], filesWorld({'/x': text}));
	assert.deepEqual(found, []);
	assert.equal(refused[0]?.label, 'OS_PASSWORD');
	assert.match(refused[0]?.reason ?? '', /on line 3 .* no quotes hold it for all of them/);
	await assert.rejects(readFileSources('/x', text, filesWorld()), {hint: /`OS_PASSWORD` is written on line 3/});
	const two = 'HCLOUD_TOKEN="a\\n"\nAWS_SECRET_ACCESS_KEY=a b\n';
	await assert.rejects(readFileSources('/x', two, filesWorld(), aws), {hint: /^`AWS_SECRET_ACCESS_KEY` .* line 2 /});
	await assert.rejects(look(['/x'], filesWorld({'/x': 'PORT=1\nHCLOUD_TOKEN=$(pass hcloud)\n'})), {
		message: /`HCLOUD_TOKEN` takes its value on line 2 from a variable or a command/,
	});
});

test('a setting of AWS in capitals is a variable, not a line of an AWS file', async () => {
	await assert.rejects(readFileSources('/x', 'AWS_REGION = eu-west-1\n', filesWorld(), aws), {
		message: /it sets no secret variable of a known provider/,
	});
});

test('says that a file which a variable names is not there', async () => {
	const {found, refused} = await lookAround(filesWorld({}, {GOOGLE_APPLICATION_CREDENTIALS: '/gone/sa.json'}), [
		'environment',
	]);
	assert.deepEqual(found, []);
	assert.deepEqual(refused, [
		{
			where: 'the environment',
			label: 'GOOGLE_APPLICATION_CREDENTIALS',
			reason: "names the file `/gone/sa.json`, which can't be read",
		},
	]);
});

test('says of every line with a known variable why it is not taken', () => {
	const {found, refused} = dotenv.read([
		[
			'HCLOUD_TOKEN: canary',
			'AWS_ACCESS_KEY_ID=canary',
			'LINODE_TOKEN=canary1',
			'LINODE_CLI_TOKEN=canary2',
			'CIVO_TOKEN=',
			'setenv VULTR_API_KEY canary',
			'OS_USERNAME=$USER',
			'AWS_REGION=eu-west-1',
			'echo $DIGITALOCEAN_ACCESS_TOKEN',
		].join('\n'),
	]);
	assert.deepEqual(
		found.map(({provider}) => provider.id),
		['linode'],
	);
	const reasons = Object.fromEntries(refused.map(({label, reason}) => [label, reason]));
	assert.match(reasons.HCLOUD_TOKEN ?? '', /^is on line 1, but not as NAME=value at its start$/);
	assert.match(reasons.AWS_ACCESS_KEY_ID ?? '', /^is set on line 2, but no secret with it$/);
	assert.match(reasons.LINODE_CLI_TOKEN ?? reasons.LINODE_TOKEN ?? '', /^has another value on line \d than `LINODE_/);
	assert.match(reasons.CIVO_TOKEN ?? '', /^is empty on line 5$/);
	assert.match(reasons.VULTR_API_KEY ?? '', /on line 6/);
	assert.match(reasons.OS_USERNAME ?? '', /on line 7/);
	assert.equal(refused.length, 6);
	assert.doesNotMatch(JSON.stringify(refused), /canary/);
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

test('a reference is no secret: nothing is found in a file that holds nothing else', () => {
	const text =
		'HCLOUD_TOKEN="pharmer://hetzner/token"\nDATABASE_URL=\'postgres://me:{{ pharmer://db/password }}@db/x\'\n';
	assert.equal(dotenv.recognizes(new FileText(text, '.env')), false);
	assert.deepEqual(dotenv.read([text]), {found: [], refused: []});
	const {found} = dotenv.read([`${text}LINODE_TOKEN=${'a'.repeat(64)}\n`]);
	assert.deepEqual(
		found.map(({provider}) => provider.id),
		['linode'],
	);
});

test('a .env file in a directory is told of, also when no variable in it is of a known provider', async () => {
	const there = {'/d/a/.env': 'DB_PASSWORD=hush\n', '/d/b/.env.local': 'TOKEN=hush\n', '/d/c/notes': 'TOKEN=hush\n'};
	const {found, refused} = await look(['/d'], filesWorld(there));
	assert.deepEqual(
		[found.length, refused.map(({where, offer}) => [where, offer?.provider.id])],
		[
			0,
			[
				['/d/a/.env', 'generic'],
				['/d/b/.env.local', 'generic'],
			],
		],
	);
});
