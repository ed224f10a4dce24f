import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {openProgram, runProgram} from '../helpers/program.js';
import {passphrase, putVault, typedAws, usualVault} from '../helpers/quick-vault.js';
import {homeOfAgent, unlockFor} from '../helpers/unlocked.js';

/** A home with two vaults that have names, and a directory that holds a file of such a name. */
async function homeOfTwo(context: TestContext) {
	const home = homeOfAgent(context);
	const usual = usualVault(home);
	const [work, elsewhere] = [join(home, 'work.json'), join(home, 'elsewhere')];
	await putVault(usual, typedAws('aws'), ['db', 'generic', {password: 'of the usual vault'}]);
	await putVault(work, typedAws('build'), ['db', 'generic', {password: 'of work'}]);
	await putVault(join(elsewhere, 'work'), ['db', 'generic', {password: 'of a file of that name'}]);
	const settings = join(dirname(usual), 'settings.json');
	const saveSettings = (text: string) => writeFileSync(settings, text);
	saveSettings(JSON.stringify({vaults: {work}}));
	mkdirSync(join(home, 'empty'));
	return {home, work, usual, elsewhere, saveSettings};
}

test('a name means the same vault to the agent and to the rest of the program', async context => {
	const {home, elsewhere, saveSettings} = await homeOfTwo(context);
	await unlockFor(home, 'work');
	const password = async (args: readonly string[], environment: Record<string, string> = {}) => {
		const {code, stdout, stderr} = await runProgram({args, home, agent: true, cwd: elsewhere, environment});
		return code === 0 ? JSON.parse(stdout).spec.data.password : [code, stderr];
	};
	const line = ['get', 'db', '-o', 'json'];
	assert.equal(await password(['--vault', 'work', ...line]), 'of work');
	assert.equal(await password(line, {PHARMER_VAULT: 'work'}), 'of work');
	assert.equal(await password(['--vault', 'WORK', ...line]), 'of work');
	assert.equal(await password(['get', 'db@work', '-o', 'json']), 'of work');
	assert.equal(await password(['get', 'db@WORK', '-o', 'json'], {PHARMER_VAULT: './work'}), 'of work');
	const {stdout} = await runProgram({args: ['exec', 'db@work', '--', 'printenv', 'PASSWORD'], home, agent: true});
	assert.equal(stdout, 'of work\n');
	// A path is a path, and what the settings do not list is one.
	const given = {PHARMER_PASSPHRASE: passphrase};
	assert.equal(await password(['--vault', './work', ...line], given), 'of a file of that name');
	saveSettings('{}');
	assert.equal(await password(['--vault', 'work', ...line], given), 'of a file of that name');
	saveSettings('{"vaults": {"work": ');
	const [code, message] = (await password(['--vault', 'work', ...line])) as [number, string];
	assert.equal(code, 7);
	assert.match(message, /^pharmer: which vault has that name is not known: `.*settings\.json`: line 1, column \d+/);
});

test('@ goes to the vault that the agent holds without a question, and back by the passphrase', async context => {
	for (const [columns, rows] of [
		[80, 24],
		[140, 40],
	] as const) {
		const {home, work, usual} = await homeOfTwo(context);
		await unlockFor(home, 'work');
		const app = openProgram(context, {home, agent: true, columns, rows});
		await app.see(/Passphrase/);
		app.press(passphrase, 'enter');
		await app.see(/pharmer @default +2 credentials/);
		app.press('@');
		await app.see(/work +unlocked for commands/);
		await app.see(/default +open here/);
		app.press('enter');
		await app.see(/pharmer @work +2 credentials/);
		await app.see(/Open without a question/);
		await app.see(/build/);
		assert.doesNotMatch(app.text(), /\baws\b +aws/);
		// What is done there is done in that vault.
		app.press('d');
		await app.see(/Delete/);
		app.press('y');
		await app.see(/pharmer @work +1 credential/);
		app.press('@', 'd', 'e', 'f', 'enter');
		await app.see(/pharmer @default[\s\S]*2 credentials/);
		app.press('q');
		assert.equal(await app.ended(), 0);
		const list = async (vault: string): Promise<string> =>
			(await runProgram({args: ['--vault', vault, 'get', 'credentials', '-o', 'name'], home, agent: true})).stdout;
		assert.deepEqual([await list(work), await list(usual)], ['db\n', 'aws\ndb\n']);
	}
});

test('a name that nobody has made yet is made by the app, in a directory of its own', async context => {
	const home = homeOfAgent(context);
	await putVault(usualVault(home), typedAws('aws'));
	await runProgram({args: ['vaults', 'add', 'new'], home});
	const app = openProgram(context, {home});
	await app.see(/Passphrase/);
	app.press(passphrase, 'enter');
	await app.see(/1 credential/);
	app.press('@', 'enter');
	await app.see(/pharmer @new › welcome/);
	app.press('ctrl+n');
	await app.see(/default +here|default +locked/);
	app.press('esc', 'a new passphrase for it', 'enter', 'a new passphrase for it', 'enter');
	await app.see(/pharmer @new +0 credentials/);
	app.press('q');
	assert.equal(await app.ended(), 0);
	const {stdout} = await runProgram({args: ['vaults'], home});
	assert.match(stdout, /new +locked +.*[\\/]vaults[\\/]new\.json/);
});
