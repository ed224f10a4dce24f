import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {runProgram} from '../helpers/program.js';
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
