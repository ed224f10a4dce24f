import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {type TestContext, test} from 'node:test';
import {awsCloud} from '../helpers/clouds/aws.js';
import {fakeCloud, type Handler} from '../helpers/fake-cloud.js';
import {agree} from '../helpers/hasty.js';
import {openProgram, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, usualVault} from '../helpers/quick-vault.js';

type App = ReturnType<typeof openProgram>;

/** The program before a fake AWS, on a vault with the key of a user there. */
async function world(context: TestContext) {
	const home = temporaryHome(context);
	const cloud = awsCloud(Date.now);
	await putVault(usualVault(home), ['prod', 'aws', cloud.data]);
	let silent = '';
	const answered =
		(handler: Handler): Handler =>
		request =>
			silent !== '' && request.body.includes(silent) ? new Promise(() => {}) : handler(request);
	const handlers = Object.fromEntries(Object.entries(cloud.handlers).map(([host, each]) => [host, answered(each)]));
	const fake = await fakeCloud(context, handlers);
	return {
		cloud,
		fake,
		/** That is not answered any more. */
		silence: (action: string) => {
			silent = action;
		},
		/** The app on the view of the rotation. */
		async start(): Promise<App> {
			const app = openProgram(context, {home, environment: fake.environment, columns: 100, rows: 30});
			await app.see(/vault is locked/);
			app.press(passphrase, 'enter');
			await app.see(/Credentials 1/);
			app.press('ctrl+g');
			await app.see(/y begin|go on|take back/);
			return app;
		},
		async fields(): Promise<Readonly<Record<string, string>>> {
			const environment = {PHARMER_PASSPHRASE: passphrase};
			const {stdout} = await runProgram({home, environment, args: ['get', 'credential', 'prod', '-o', 'json']});
			return JSON.parse(stdout).spec.data;
		},
		vault: () => readFileSync(usualVault(home), 'utf8'),
	};
}

test('a key is replaced in the app, killed in the middle, gone on with, and taken back', async context => {
	const {cloud, fake, silence, start, fields, vault} = await world(context);
	const first = await start();
	assert.deepEqual(fake.connected, [], 'nobody is asked before');
	silence('GetCallerIdentity');
	await agree(first, /the new key is made and stored/);
	const made = cloud.keys().at(-1)?.id ?? '';
	await first.see(new RegExp(made));
	first.kill('SIGKILL');
	await first.ended();
	assert.equal(cloud.opens(await fields()), true, 'the old key is the one of the credential, and works');

	silence('');
	const second = await start();
	await second.see(/✓ the new key is made and stored/);
	second.press('enter');
	await second.see(/✓ the old key is switched off[\s\S]*● the old key is kept until/);
	assert.equal((await fields()).accessKeyID, made);
	assert.equal(cloud.opens(await fields()), true);
	assert.equal(cloud.opens(cloud.data), false);
	second.press('u');
	await second.see(/Take the new key of prod back\?/);
	await agree(second, /`prod` has its old key again, and the new one is deleted/);
	second.press('q');
	assert.equal(await second.ended(), 0);
	assert.deepEqual(await fields(), cloud.data);
	assert.deepEqual(
		cloud.keys().map(({id}) => id),
		[cloud.data.accessKeyID],
	);
	for (const app of [first, second]) assert.ok(!app.written().includes('secret-of-'), 'no secret on the terminal');
	assert.ok(!vault().includes(made), 'what is kept is encrypted');
});

test('a provider that never answers holds up neither leaving nor the lock for long, and nothing is lost', async context => {
	const {cloud, silence, start, fields} = await world(context);
	silence('GetCallerIdentity');
	const app = await start();
	await agree(app, /✓ the new key is made and stored/);
	app.press('ctrl+c');
	assert.equal(await app.ended(), 0);
	const again = await start();
	await again.see(/✓ the new key is made and stored/);
	again.press('enter');
	await again.see(/Replacing the key of prod/);
	again.press('ctrl+x');
	await again.see(/vault is locked/);
	silence('');
	again.press(passphrase, 'enter');
	await again.see(/The new key of prod/);
	await again.gone(/goes on with it right now/);
	again.press('enter');
	await again.see(/● the old key is kept until/);
	assert.equal(cloud.opens(await fields()), true);
	assert.equal(cloud.keys().length, 2);
});
