import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {secretKey} from '../helpers/credentials.js';
import {fakeCloud, type Handler} from '../helpers/fake-cloud.js';
import {openProgram, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, type Typed, typedAws, usualVault} from '../helpers/quick-vault.js';
import {checkSignature} from '../helpers/sigv4.js';

const identity =
	'<Response><Arn>arn:aws:iam::123456789012:user/me</Arn><Account>123456789012</Account><UserId>AIDA</UserId></Response>';
const aws: Handler = request =>
	checkSignature(request, secretKey).verifies
		? {status: 200, body: identity}
		: {status: 403, body: '<Response><Error><Code>SignatureDoesNotMatch</Code></Error></Response>'};

const other = (name: string, fields: Readonly<Record<string, string>>): Typed => [
	name,
	'aws',
	{accessKeyID: `AKIA${name.toUpperCase().padEnd(16, 'Q')}`, secretAccessKey: secretKey, ...fields},
];

test('V in the app asks a provider through a proxy: whose a key is, that another is wrong, and esc stops a third', async context => {
	const home = temporaryHome(context);
	await putVault(
		usualVault(home),
		typedAws(),
		other('slow', {region: 'eu-west-9'}),
		other('wrong', {secretAccessKey: secretKey.toLowerCase()}),
	);
	let isAsked: () => void = () => {};
	const asked = new Promise<void>(resolve => {
		isAsked = resolve;
	});
	const silent: Handler = () => {
		isAsked();
		return new Promise(() => {});
	};
	const iam: Handler = () => ({status: 403, body: '<Response><Error><Code>AccessDenied</Code></Error></Response>'});
	const cloud = await fakeCloud(context, {
		'sts.amazonaws.com': aws,
		'iam.amazonaws.com': iam,
		'sts.eu-west-9.amazonaws.com': silent,
	});
	const app = openProgram(context, {home, environment: cloud.environment, columns: 120, rows: 30});
	await app.see(/vault is locked/);
	app.press(passphrase, 'enter');
	await app.see(/Credentials 3/);
	assert.deepEqual(cloud.connected, [], 'nobody is asked before');

	app.press('V');
	await app.see(/aws is valid: account 123456789012, user user\/me/);
	await app.see(/❯ aws .*valid/);
	app.press('G', 'V');
	await app.see(/wrong is invalid: the secret key is not the one of this key id/);
	await app.see(/❯ wrong .*invalid/);
	app.press('k', 'V');
	await asked;
	await app.see(/Asking the provider[\s\S]*esc stop asking/);
	app.press('/', 'wro');
	await app.see(/\/ wro +1 of 3/);
	app.press('esc', 'g', 'esc');
	await app.see(/Stopped: 0 of 1 asked about/);
	app.press('q');
	assert.equal(await app.ended(), 0);
	assert.deepEqual([...new Set(cloud.connected)].toSorted(), [
		'iam.amazonaws.com:443',
		'sts.amazonaws.com:443',
		'sts.eu-west-9.amazonaws.com:443',
	]);
	assert.ok(!app.written().includes(secretKey));
	assert.ok(!readFileSync(usualVault(home), 'utf8').includes('123456789012'), 'what is kept is encrypted');

	const {stdout} = await runProgram({
		home,
		environment: {PHARMER_PASSPHRASE: passphrase},
		args: ['get', 'credentials', '-o', 'name', '--filter', 'is:invalid'],
	});
	assert.equal(stdout, 'wrong\n');
});

test('the app asks nobody offline, and says so', async context => {
	const home = temporaryHome(context);
	await putVault(usualVault(home), typedAws());
	const cloud = await fakeCloud(context, {'sts.amazonaws.com': aws});
	const app = openProgram(context, {home, environment: {...cloud.environment, PHARMER_OFFLINE: '1'}});
	await app.see(/vault is locked/);
	app.press(passphrase, 'enter');
	await app.see(/Credentials 1/);
	app.press('V');
	await app.see(/PHARMER_OFFLINE is set: nobody is asked/);
	app.press('q');
	await app.ended();
	assert.deepEqual(cloud.connected, []);
});
