import assert from 'node:assert/strict';
import fs from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {openProgram, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, typedAws, usualVault} from '../helpers/quick-vault.js';

/** The app on a vault of two credentials, with what others do to its file. */
async function openHome(context: TestContext, columns = 80) {
	const home = temporaryHome(context);
	const vault = usualVault(home);
	await putVault(vault, typedAws('alpha'), typedAws('beta'));
	const environment = {PHARMER_PASSPHRASE: passphrase};
	const run = async (...args: readonly string[]): Promise<void> => {
		const {code, stderr} = await runProgram({home, environment, args});
		assert.equal(code, 0, stderr);
	};
	const open = async () => {
		const terminal = openProgram(context, {home, environment, columns});
		await terminal.see(/beta/);
		return terminal;
	};
	return {home, vault, folder: dirname(vault), run, open};
}

const gone = /The vault's file is gone: nothing is saved until you put it back\./;
const damaged = /The vault's file is damaged: nothing is saved until you put a good copy back\./;
const back = /The vault is back: what you change is saved again\./;
const draft = ['e', 'down', 'down', 'down', 'eu-west-9'] as const;

test('a draft outlives a vault that is moved away, cut short, and taken with its directory', async context => {
	const {vault, folder, run, open} = await openHome(context);
	const terminal = await open();
	terminal.press('j', ...draft);
	await terminal.see(/beta · editing · 1 changed/);
	fs.renameSync(vault, `${vault}.away`);
	await terminal.see(gone);
	assert.equal(fs.existsSync(vault), false, 'it is not made again');
	fs.renameSync(`${vault}.away`, vault);
	await terminal.see(back);
	const whole = fs.readFileSync(vault);
	fs.writeFileSync(vault, whole.subarray(0, 900));
	await terminal.see(damaged);
	fs.writeFileSync(vault, whole);
	await terminal.see(back);
	fs.renameSync(folder, `${folder}-away`);
	await terminal.see(gone);
	fs.renameSync(`${folder}-away`, folder);
	await terminal.see(back);
	await run('edit', 'credential', 'alpha', '--note', 'theirs');
	await terminal.see(/Somebody else changed alpha in the vault\./);
	terminal.press('ctrl+s');
	await terminal.see(/Saved beta/);
	terminal.press('q');
	assert.equal(await terminal.ended(), 0);
	assert.doesNotMatch(terminal.written(), /No credentials yet/);
});

test('a vault that a sync tool writes in pieces, with the same content, is never called damaged', async context => {
	const {vault, run, open} = await openHome(context);
	const terminal = await open();
	const whole = fs.readFileSync(vault);
	const handle = fs.openSync(vault, 'w');
	for (let at = 0; at < whole.length; at += 400) fs.writeSync(handle, whole, at, Math.min(400, whole.length - at));
	fs.closeSync(handle);
	fs.writeFileSync(`${vault}.part`, whole);
	fs.renameSync(`${vault}.part`, vault);
	await run('edit', 'credential', 'alpha', '--note', 'theirs');
	await terminal.see(/Somebody else changed alpha in the vault\./);
	terminal.press('q');
	assert.equal(await terminal.ended(), 0);
	assert.doesNotMatch(terminal.written(), /damaged|is back/);
});

test('another vault in its place is not written, and the draft waits for its own, across locks', async context => {
	const {home, vault, open} = await openHome(context);
	const terminal = await open();
	const own = fs.readFileSync(vault);
	const elsewhere = join(home, 'other', 'vault.json');
	await putVault(elsewhere, typedAws('other'));
	const other = fs.readFileSync(elsewhere);
	terminal.press(...draft);
	fs.writeFileSync(vault, other);
	await terminal.see(/Another vault is in its place: put yours back, or open it with ctrl\+x\./);
	terminal.press('ctrl+s');
	await terminal.see(/alpha · editing · 1 changed/);
	terminal.press('ctrl+x');
	await terminal.see(/Your draft is kept, encrypted/);
	terminal.press(passphrase, 'enter');
	await terminal.see(/This is another vault: your draft stays, encrypted, until yours is unlocked\./);
	assert.ok(fs.readFileSync(vault).equals(other));
	fs.writeFileSync(vault, own);
	terminal.press('ctrl+x');
	await terminal.see(/The vault is locked/);
	terminal.press(passphrase, 'enter');
	await terminal.see(/alpha · editing · 1 changed/);
	terminal.press('ctrl+s');
	await terminal.see(/Saved alpha/);
	terminal.press('q');
	assert.equal(await terminal.ended(), 0);
});

test('an older copy is not written over, and a new key is asked for over the draft', async context => {
	const {vault, run, open} = await openHome(context);
	const terminal = await open();
	const older = fs.readFileSync(vault);
	await run('edit', 'credential', 'beta', '--note', 'theirs');
	await terminal.see(/Somebody else changed beta in the vault\./);
	const newer = fs.readFileSync(vault);
	fs.writeFileSync(vault, older);
	await terminal.see(/An older copy is there: put the newer back, or ctrl\+x, then accept it\./);
	terminal.press('t', 'a=1', 'enter');
	await terminal.see(/│ ✖ An older copy is there/);
	assert.ok(fs.readFileSync(vault).equals(older));
	fs.writeFileSync(vault, newer);
	await terminal.see(back);
	terminal.press('esc', ...draft);
	await run('rekey');
	await terminal.see(/The vault has a new key: ctrl\+t asks for its passphrase, what you type stays\./);
	terminal.press('ctrl+t', passphrase, 'enter');
	await terminal.see(/alpha · editing · 1 changed[\s\S]*The vault is back/);
	terminal.press('ctrl+s');
	await terminal.see(/Saved alpha/);
	terminal.press('e', 'down', 'down', 'down', 'ctrl+u', 'eu-west-3', 'ctrl+x');
	await terminal.see(/Your draft is kept, encrypted/);
	await run('rekey');
	terminal.press(passphrase, 'enter');
	await terminal.see(/alpha · editing · 1 changed[\s\S]*Your draft is as you left it\./);
	terminal.press('ctrl+s');
	await terminal.see(/Saved alpha/);
	terminal.press('q');
	assert.equal(await terminal.ended(), 0);
});

const onPosix = {skip: process.platform === 'win32' ? 'links take rights on Windows' : false};

test('a link that leads elsewhere is followed, and a conflict copy is named', onPosix, async context => {
	const {home, vault, folder, run, open} = await openHome(context, 120);
	const [one, two] = [join(home, 'one.json'), join(home, 'two.json')];
	fs.renameSync(vault, one);
	fs.copyFileSync(one, two);
	fs.symlinkSync(one, vault);
	const terminal = await open();
	await run('edit', 'credential', 'beta', '--note', 'theirs', '--vault', two);
	fs.rmSync(vault);
	fs.symlinkSync(two, vault);
	await terminal.see(/Somebody else changed beta in the vault\./);
	const copy = 'two (conflicted copy 2026-11-29).json';
	fs.copyFileSync(two, join(home, copy));
	await run('edit', 'credential', 'alpha', '--note', 'mine');
	await terminal.see(
		/✖ `two \(conflicted copy 2026-11-29\)\.json` is another state of it: `restore-vault` merges it\./,
	);
	assert.ok(fs.lstatSync(vault).isSymbolicLink(), folder);
	terminal.press('q');
	assert.equal(await terminal.ended(), 0);
});
