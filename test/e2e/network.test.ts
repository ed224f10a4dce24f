import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {commands} from '../../source/commands/table.js';
import {keyId, secretKey} from '../helpers/credentials.js';
import {fakeCloud, type Handler} from '../helpers/fake-cloud.js';
import {fakeKv, token} from '../helpers/fake-kv.js';
import {openProgram, program, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, typedAws, usualVault} from '../helpers/quick-vault.js';
import {checkSignature} from '../helpers/sigv4.js';

const host = 'sts.amazonaws.com';
const identity =
	'<Response><Arn>arn:aws:iam::123456789012:user/me</Arn><Account>123456789012</Account><UserId>AIDA</UserId></Response>';
const aws: Handler = request =>
	checkSignature(request, secretKey).verifies
		? {status: 200, body: identity}
		: {status: 403, body: '<Response><Error><Code>SignatureDoesNotMatch</Code></Error></Response>'};

test('the built program asks a provider through a proxy with a password and an authority of a company', async context => {
	const home = temporaryHome(context);
	await putVault(usualVault(home), typedAws());
	const cloud = await fakeCloud(context, {[host]: aws}, {login: 'me:word'});
	const verify = (environment: Record<string, string>, ...args: readonly string[]) =>
		runProgram({
			home,
			environment: {PHARMER_PASSPHRASE: passphrase, ...environment},
			args: ['verify', 'aws', ...args],
		});
	const valid = await verify(cloud.environment);
	assert.deepEqual([valid.code, valid.stderr], [0, '']);
	assert.match(valid.stdout, /^aws {3}valid {4}user\/me, 123456789012 /m);
	const noPassword = await verify({
		...cloud.environment,
		HTTPS_PROXY: String(cloud.environment.HTTPS_PROXY).replace('me:word@', ''),
	});
	assert.deepEqual([noPassword.code], [11]);
	assert.match(noPassword.stdout, /unreachable .*the proxy 127\.0\.0\.1:\d+ wants another name or password \(407\)/);
	const noAuthority = await verify({HTTPS_PROXY: String(cloud.environment.HTTPS_PROXY)});
	assert.equal(noAuthority.code, 11);
	assert.match(noAuthority.stdout, /is not trusted \(\w+\): .*NODE_EXTRA_CA_CERTS/);
	// Node.js would take any certificate then.
	const careless = await verify({
		HTTPS_PROXY: String(cloud.environment.HTTPS_PROXY),
		NODE_TLS_REJECT_UNAUTHORIZED: '0',
	});
	assert.equal(careless.code, 11);
	const offline = await verify({...cloud.environment, PHARMER_OFFLINE: '1'});
	assert.equal(offline.code, 11);
	const hostile = await verify({...cloud.environment, AWS_ENDPOINT_URL: 'https://sts.evil.example'});
	assert.equal(hostile.code, 2);
	assert.match(hostile.stderr, /`AWS_ENDPOINT_URL` names sts\.evil\.example.*\n.*`--endpoint-from-env`/);
	assert.deepEqual(new Set(cloud.connected), new Set([`${host}:443`, 'iam.amazonaws.com:443']));
	assert.equal(cloud.received.length, 1, 'a certificate that is not for IAM keeps the second question from it');
});

const works = spawnSync('strace', ['-qq', '-e', 'trace=none', 'true']).status === 0;
if (!works && process.env.CI) throw new Error('strace is needed and does not work here');
const skip = works ? false : 'SKIPPED: strace is not installed, so nothing is known of what connects';

const traced = (home: string, args: readonly string[]): readonly string[] => [
	'strace',
	'-f',
	'-qq',
	'-e',
	'trace=connect,execve,sendto,sendmsg',
	'-o',
	join(home, 'trace'),
	process.execPath,
	program,
	...args,
];

function runTraced(home: string, environment: Record<string, string>, args: readonly string[]) {
	const [node = '', script = '', ...rest] = traced(home, args);
	return runProgram({home, environment, cwd: home, node, script, args: rest});
}

/** The calls of a traced process that reach for a network: an address of IPv4 or IPv6, or of anything but a file. */
function reaching(home: string): readonly string[] {
	const trace = readFileSync(join(home, 'trace'), 'utf8').split('\n');
	assert.ok(trace.some(each => each.includes('execve(')));
	return trace.filter(each => /\bconnect\(|sa_family=AF_INET/.test(each) && !/sa_family=AF_UNIX/.test(each));
}

/** A line for each verb; what starts others, or stays, has its own words. */
const lines: Readonly<Record<string, string>> = {
	create: 'create credential new --from-env -p aws',
	import: 'import --dry-run',
	get: 'get credentials -o wide',
	edit: 'edit credential aws --note x',
	copy: 'copy aws secretAccessKey',
	delete: 'delete credential other --yes',
	trash: 'trash',
	restore: 'restore credential other',
	history: 'history aws',
	exec: 'exec aws -- true',
	env: 'env aws',
	log: 'log',
	health: 'health',
	run: 'run -- true',
	inject: 'inject -i in.txt',
	trust: 'trust',
	hook: 'hook bash',
	unlock: 'unlock --for 1m',
	lock: 'lock',
	status: 'status',
	doctor: 'doctor',
	passphrase: 'passphrase',
	rekey: 'rekey',
	slots: 'slots',
	backup: 'backup --to copy.json',
	'restore-vault': 'restore-vault copy.json',
	vaults: 'vaults',
	export: 'export -o json',
	'team members': 'team members',
	'team status': 'team status',
	'team conflicts': 'team conflicts',
	'aws credential-process': 'aws credential-process aws',
	'aws setup': 'aws setup aws',
	completion: 'completion bash',
	ls: 'ls',
	list: 'list',
	show: 'show aws',
	describe: 'describe aws',
	rm: 'rm nobody',
	add: 'add nobody',
	mv: 'mv aws aws2',
};

/** Those that say that they do, as `--sync` does. */
const connecting = [
	...['verify', 'rotate', 'revoke', 'issue'],
	...['init', 'join', 'add', 'role', 'remove', 'sync', 'log', 'recovery', 'leave'].map(verb => `team ${verb}`),
];

test('no other command opens a connection', {skip}, async context => {
	const home = temporaryHome(context);
	await putVault(usualVault(home), typedAws(), typedAws('other'));
	writeFileSync(join(home, 'in.txt'), 'key = pharmer://aws/secretAccessKey\n');
	const verbs = commands.map(({verb}) => verb).filter(verb => !connecting.includes(verb));
	assert.deepEqual(Object.keys(lines).toSorted(), verbs.toSorted());
	const environment = {
		PHARMER_PASSPHRASE: passphrase,
		AWS_ACCESS_KEY_ID: keyId,
		AWS_SECRET_ACCESS_KEY: secretKey,
		HTTPS_PROXY: 'http://127.0.0.1:1',
		AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
	};
	for (const line of ['--version', '--help', 'complete bash 2 pharmer get ', ...Object.values(lines)]) {
		await runTraced(home, environment, line.split(' '));
		assert.deepEqual(reaching(home), [], line);
	}
});

test('nor does it where the vault is shared, unless it is told to', {skip}, async context => {
	const home = temporaryHome(context);
	await putVault(usualVault(home), typedAws(), typedAws('other'));
	writeFileSync(join(home, 'in.txt'), 'key = pharmer://aws/secretAccessKey\n');
	const environment = {PHARMER_PASSPHRASE: passphrase, BAO_TOKEN: token};
	const run = async (line: string, more: Record<string, string> = {}): Promise<number> => {
		const {code} = await runTraced(home, {...environment, ...more}, line.split(' '));
		return code;
	};
	const {origin} = await fakeKv(context);
	const url = `openbao://${new URL(origin).host}/secret/team?tls=off`;
	assert.equal(await run(`team init ${url} --name ana --no-recovery`), 0);
	assert.ok(reaching(home).length > 0);
	for (const line of [...Object.values(lines), 'get credentials --offline']) {
		await run(line);
		assert.deepEqual(reaching(home), [], line);
	}
	assert.equal(await run('get credentials --sync'), 0);
	assert.ok(reaching(home).length > 0);
	assert.equal(await run('get credentials --sync', {PHARMER_OFFLINE: '1'}), 0);
	assert.deepEqual(reaching(home), []);
	assert.equal(await run('team sync', {PHARMER_OFFLINE: '1'}), 11);
	assert.deepEqual(reaching(home), []);
});

test('what would be seen if a command opened a connection is seen', {skip}, async context => {
	const home = temporaryHome(context);
	await putVault(usualVault(home), typedAws());
	const environment = {PHARMER_PASSPHRASE: passphrase, HTTPS_PROXY: 'http://127.0.0.1:1'};
	const {code} = await runTraced(home, environment, ['verify', 'aws']);
	assert.equal(code, 11);
	assert.equal(reaching(home).length, 1);
});

test('the app opens no connection in any of its views', {skip}, async context => {
	const home = temporaryHome(context);
	await putVault(usualVault(home), typedAws(), typedAws('other'));
	const app = openProgram(context, {home, command: traced(home, []), columns: 120, rows: 30});
	await app.see(/vault is locked/);
	app.press(passphrase, 'enter');
	await app.see(/Credentials 2/);
	for (const key of ['?', ':']) {
		app.press(key);
		await app.see(/enter run|enter go/);
		app.press('esc');
		await app.see(/Credentials 2/);
	}
	const views = {
		H: 'health',
		T: 'trash',
		i: 'import',
		v: 'versions › aws',
		n: 'new credential',
		e: 'edit › aws',
		x: 'export › aws',
		U: 'use › aws',
		Y: 'copy › aws',
		d: 'delete › aws',
		',': 'settings',
		'ctrl+g': 'aws › rotate',
		R: 'rename › aws',
		t: 'label › aws',
		c: 'columns',
	};
	for (const [key, view] of Object.entries(views)) {
		app.press(key);
		await app.see(new RegExp(`pharmer › ${view} `));
		app.press('esc');
		await app.see(/pharmer {9}/);
	}
	for (const key of [']', ']', ']', ']', 'f', 'f', 'r']) app.press(key);
	app.press('ctrl+c');
	await app.ended();
	assert.deepEqual(reaching(home), []);
});
