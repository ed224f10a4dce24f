import assert from 'node:assert/strict';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {newerNode} from '../helpers/newer-node.js';
import {openProgram, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, typedAws, usualVault} from '../helpers/quick-vault.js';

/** What terminals answer to programs that ran before: bytes, since the last ones are no UTF-8. */
const answers: readonly Buffer[] = [
	'\u001b]11;rgb:1e1e/1e1e/2e2e\u0007',
	'\u001bP>|XTerm(380)\u001b\\',
	'\u001bP1$r0;1 q\u001b\\',
	'\u001bP1+r544e=787465726d\u001b\\',
	'\u001b[M ad',
	'\u001b_Gi=31;OK\u001b\\',
	'\u001b]ldemo\u001b\\',
	'\u001b^d\u001b\\',
	'\u001bXd\u001b\\',
	'\u009d11;d\u0007',
	'\u0090d\u009c',
	'\u001b[M \u00ff\u00fe',
].map(text => Buffer.from(text, 'latin1'));

/** Sends the answers, each whole and each in two parts, which are read together or apart as it comes. */
function answer(app: ReturnType<typeof openProgram>): void {
	for (const bytes of answers) {
		app.answer(bytes);
		for (const cut of [1, 2, Math.ceil(bytes.length / 2)]) {
			app.answer(bytes.subarray(0, cut));
			app.answer(bytes.subarray(cut));
		}
	}
}

async function homeWithVault(context: TestContext): Promise<string> {
	const home = temporaryHome(context);
	await putVault(usualVault(home), typedAws());
	return home;
}

for (const [version, find] of [
	['this Node.js', () => process.execPath],
	['a newer Node.js', newerNode],
] as const) {
	test(`answers of the terminal are neither keys of the app nor part of the passphrase, on ${version}`, async context => {
		const node = find();
		if (node === undefined) return context.skip('SKIPPED: no newer Node.js could be installed');
		const home = await homeWithVault(context);
		const app = openProgram(context, {node, home});
		await app.see(/vault is locked/);
		app.press(passphrase.slice(0, 5));
		answer(app);
		app.press(passphrase.slice(5), 'enter');
		await app.see(/❯ aws/);
		answer(app);
		app.press('ctrl+l');
		await app.see(/❯ aws/);
		assert.match(app.text(), /^ *pharmer +1 credential *$/m, 'nothing was opened, marked or asked');
		assert.doesNotMatch(app.text(), /marked/);
		app.press('q');
		assert.equal(await app.ended(), 0);
	});

	test(`answers of the terminal are not part of the passphrase at a prompt, on ${version}`, async context => {
		const node = find();
		if (node === undefined) return context.skip('SKIPPED: no newer Node.js could be installed');
		const home = await homeWithVault(context);
		const prompt = openProgram(context, {node, home, args: ['get', 'credentials']});
		await prompt.see(/Passphrase:/);
		prompt.press(passphrase.slice(0, 5));
		answer(prompt);
		prompt.press(passphrase.slice(5), 'enter');
		await prompt.see(/AKIA…/);
		assert.equal(await prompt.ended(), 0);
	});
}

test('an unfinished answer of the terminal times out, and never holds back Ctrl-C', async context => {
	const home = await homeWithVault(context);
	const app = openProgram(context, {home, environment: {PHARMER_PASSPHRASE: passphrase}});
	await app.see(/❯ aws/);
	app.answer(Buffer.from('\u001b]11;rgb:dd'));
	// Nothing is to be seen when the answer has timed out.
	await sleep(400);
	app.press('?');
	await app.see(/Keys and commands/);
	app.answer(Buffer.from('\u001b'));
	await app.gone(/Keys and commands/);
	app.answer(Buffer.from('\u001bP1$r'));
	app.press('ctrl+c');
	assert.equal(await app.ended(), 0);
	const prompt = openProgram(context, {home, args: ['get', 'credentials']});
	await prompt.see(/Passphrase:/);
	prompt.answer(Buffer.from('\u001b_never ended'));
	prompt.press('ctrl+c');
	assert.equal(await prompt.ended(), 130);
});

test('Ctrl-C at a line that the terminal edits is said as at every question', async context => {
	const home = await homeWithVault(context);
	const environment = {PHARMER_PASSPHRASE: passphrase};
	const shell = openProgram(context, {home, environment, args: ['delete', 'aws']});
	await shell.see(/Type aws to delete it:/);
	shell.press('a', 'ctrl+c');
	await shell.see(/Type aws to delete it: a?(\^C)?\s*\npharmer: interrupted/);
	assert.equal(await shell.ended(), 130);
});

test('what was typed while a command started removes nothing', async context => {
	const home = temporaryHome(context);
	await putVault(usualVault(home), typedAws());
	const environment = {PHARMER_PASSPHRASE: passphrase};
	const {stdout} = await runProgram({home, environment, args: ['slots']});
	const id = /^[0-9a-f]{8}/m.exec(stdout)?.[0] ?? '';
	const second = {...environment, PHARMER_NEW_PASSPHRASE: 'four other words here'};
	assert.equal((await runProgram({home, environment: second, args: ['slots', 'add', 'passphrase']})).code, 0);
	const shell = openProgram(context, {home, environment, args: ['slots', 'remove', id]});
	// The terminal takes it in lines until the program asks.
	shell.press('y', 'enter');
	await shell.see(/Remove .*\[y\/N\]/);
	shell.press('enter');
	assert.equal(await shell.ended(), 3);
	const after = await runProgram({home, environment, args: ['slots']});
	assert.equal(after.stdout.match(/passphrase/g)?.length, 2, after.stdout);
});
