import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {type TestContext, test} from 'node:test';
import {awsAccount} from '../helpers/clouds/aws-account.js';
import {fakeCloud, type Handler} from '../helpers/fake-cloud.js';
import {agree} from '../helpers/hasty.js';
import {openProgram, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, usualVault} from '../helpers/quick-vault.js';

type App = ReturnType<typeof openProgram>;

/** The program before a fake account of AWS, on a vault with the key of its admin. */
async function world(context: TestContext) {
	const home = temporaryHome(context);
	const account = awsAccount(Date.now);
	await putVault(usualVault(home), ['admin', 'aws', {...account.admin, region: 'eu-central-1'}]);
	let silent = '';
	const answered =
		(handler: Handler): Handler =>
		request =>
			silent !== '' && request.body.includes(`Action=${silent}&`) ? new Promise(() => {}) : handler(request);
	const handlers = Object.fromEntries(Object.entries(account.handlers).map(([host, each]) => [host, answered(each)]));
	const fake = await fakeCloud(context, handlers);
	return {
		account,
		fake,
		/** That is not answered any more. */
		silence: (action: string) => {
			silent = action;
		},
		/** The app on its list. */
		async start(): Promise<App> {
			const app = openProgram(context, {home, environment: fake.environment, columns: 100, rows: 30});
			await app.see(/vault is locked/);
			app.press(passphrase, 'enter');
			await app.see(/Credentials \d/);
			return app;
		},
		async fields(): Promise<Readonly<Record<string, string>>> {
			const environment = {PHARMER_PASSPHRASE: passphrase};
			const {stdout} = await runProgram({home, environment, args: ['get', 'credential', 'work', '-o', 'json']});
			return JSON.parse(stdout).spec.data;
		},
		vault: () => readFileSync(usualVault(home), 'utf8'),
	};
}

test('a user and its key are made in the app, killed in the middle, and gone on with from Health', async context => {
	const {account, fake, silence, start, fields, vault} = await world(context);
	const first = await start();
	first.press('n', 'aws', 'enter');
	await first.see(/What is it called/);
	first.press('work', 'enter');
	await first.see(/made for you/);
	first.press('down', 'down', 'down', 'down', 'enter');
	await first.see(/Make a key for work\?[\s\S]*IAMFullAccess lets the key grant itself any access/);
	assert.deepEqual(fake.connected, [], 'nobody is asked before');
	silence('GetCallerIdentity');
	await agree(first, /✓ its key is made and stored: AKIA/);
	first.kill('SIGKILL');
	await first.ended();
	const [made] = account.users.get('pharmer')?.keys.keys() ?? [];
	assert.ok(made);

	silence('');
	const second = await start();
	second.press('H');
	await second.see(/signs for work[\s\S]*go on with ctrl\+g/);
	second.press('ctrl+g');
	await second.see(new RegExp(`✓ the user pharmer[\\s\\S]*✓ its key is made and stored: ${made}`));
	await second.gone(/goes on with it right now/);
	second.press('enter');
	await second.see(/Made work: its key works/);
	second.press('q');
	assert.equal(await second.ended(), 0);
	const data = await fields();
	assert.equal(data.accessKeyID, made);
	assert.equal(account.opens(data), true);
	assert.deepEqual([...(account.users.get('pharmer')?.keys.keys() ?? [])], [made], 'made once');
	for (const app of [first, second]) assert.ok(!app.written().includes('secret/of/the'), 'no secret on the terminal');
	assert.ok(!vault().includes(made), 'what is kept is encrypted');
});
