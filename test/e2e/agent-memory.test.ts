import assert from 'node:assert/strict';
import {copyFileSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {programVersion} from '../../source/platform/version.js';
import {assertNoKey, canaries, counted, noScan, putCanaries} from '../helpers/canary-vault.js';
import {newerNode} from '../helpers/newer-node.js';
import {openProgram} from '../helpers/program.js';
import {passphrase} from '../helpers/quick-vault.js';
import {askAgent, ended, homeWithAgent, until} from '../helpers/real-agent.js';
import {size} from '../helpers/rounds.js';

const version = programVersion();

/** Each Node.js to run the program with; the newer one only where PROVE is set. */
const nodes: readonly (readonly [which: string, node: string | undefined])[] = [
	['this Node.js', process.execPath],
	...(size(0, 1) === 1 ? [['the newer Node.js', newerNode()] as const] : []),
];

for (const [which, node] of nodes) {
	const skip = noScan || (node === undefined && 'SKIPPED: the newer Node.js could not be installed');
	const options = node === undefined ? {} : {node};

	test(`an agent has one copy of each key that it holds, and none of others: ${which}`, {skip}, async context => {
		const {home, vault, socket, agent, unlock, run} = await homeWithAgent(context);
		const [replaced, timed] = [join(home, 'b/vault.json'), join(home, 'c/vault.json')];
		const vaults = {
			held: await putCanaries(vault),
			replaced: await putCanaries(replaced, canaries('REPLACED')),
			timed: await putCanaries(timed, canaries('TIMED')),
		};
		const keys = {held: vaults.held.key, replaced: vaults.replaced.key, timed: vaults.timed.key};
		// Texts of JavaScript can't be filled with zero: how many are left is only printed.
		const texts = Object.entries(vaults).flatMap(([name, {all, content}]) => [
			[`content of ${name}`, content] as const,
			...[1, 2, 3].map(number => [`secret ${number} of ${name}`, all[`secret ${number}`] ?? assert.fail()] as const),
		]);
		const count = (when: string) => {
			const found = counted(context, when, agent(), {
				...keys,
				...Object.fromEntries(texts),
				passphrase: Buffer.from(passphrase),
			});
			assert.equal(found.passphrase, 0, 'the agent never has the passphrase');
			return [found.held, found.replaced, found.timed];
		};
		const use = async (...files: readonly string[]): Promise<void> => {
			for (const file of files) {
				const {code, stderr} = await run(['get', 'credentials', 'aws-0', '-o', 'json', '--vault', file], options);
				assert.equal(code, 0, stderr);
				assert.equal((await run(['get', 'credentials', '--vault', file], options)).code, 0);
			}
		};
		assert.equal((await unlock([], options)).code, 0);
		assert.equal((await unlock(['--vault', replaced], options)).code, 0);
		assert.deepEqual(count('unlocked'), [1, 1, 0]);
		await use(vault, replaced, vault, replaced);
		assert.deepEqual(count('read'), [1, 1, 0]);
		assert.equal((await unlock(['--vault', replaced], options)).code, 0);
		assert.equal((await unlock(['--vault', timed, '--for', '2s'], options)).code, 0);
		copyFileSync(vault, replaced);
		const isHeld = async (path: string): Promise<boolean> =>
			(await askAgent(socket, {ask: 'status', version, path}))?.is === 'unlocked';
		assert.equal(await isHeld(replaced), false);
		await until(async () => !(await isHeld(timed)), 'the end of its time');
		assert.deepEqual(count('one replaced, one over'), [1, 0, 0]);
		const pid = agent();
		assert.equal((await run(['lock'], options)).code, 0);
		await ended(pid);
	});

	test(`no client keeps a key that it gave to the agent or got from it: ${which}`, {skip}, async context => {
		const {home, vault, agent, get} = await homeWithAgent(context);
		const {key, keys} = await putCanaries(vault);
		const given = openProgram(context, {...options, home, agent: true, columns: 120});
		await given.see(/vault is locked/);
		given.press(passphrase, 'enter');
		await given.see(/Credentials 3/);
		await until(async () => (await get()).code !== 2, 'the agent');
		const got = openProgram(context, {...options, home, agent: true, columns: 120});
		await got.see(/Credentials 3/);
		for (const [what, app] of Object.entries({given, got})) {
			const open = counted(context, `app that has ${what} it`, app.pid, keys);
			assert.ok(open['vault key'] > 0, 'a key that is there is found');
			app.press('ctrl+z');
			await until(() => /^\d+ \(.*\) T/.test(readFileSync(`/proc/${app.pid}/stat`, 'utf8')), 'the stop');
			app.kill('SIGCONT');
			await app.see(/vault is locked/);
			assertNoKey(counted(context, `locked app that has ${what} it`, app.pid, keys), keys);
		}
		const args = ['exec', 'aws-0', '--', 'sh', '-c', 'echo running; cat'];
		const command = openProgram(context, {...options, home, agent: true, args});
		await command.see(/running/);
		assertNoKey(counted(context, 'while a command runs', command.pid, keys), keys);
		assert.equal(counted(context, 'the agent', agent(), {key}).key, 1);
	});
}
