import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {secretKey} from '../helpers/credentials.js';
import {newerNode} from '../helpers/newer-node.js';
import {openProgram, program, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, typedAws, usualVault} from '../helpers/quick-vault.js';
import {rounds} from '../helpers/rounds.js';
import {samplesOf} from '../helpers/samples.js';

const skip = process.platform === 'win32' ? 'SKIPPED: Windows has no hang-up' : false;
const given = {PHARMER_PASSPHRASE: passphrase};

type App = ReturnType<typeof openProgram>;

/** Where a terminal is closed: the arguments, the environment, and the way there. */
const places: Readonly<
	Record<string, readonly [readonly string[], Readonly<Record<string, string>>, (app: App) => Promise<void>]>
> = {
	unlock: [[], {}, app => app.see(/vault is locked/)],
	list: [[], given, app => app.see(/Credentials 2/)],
	revealed: [
		[],
		given,
		async app => {
			await app.see(/Credentials 2/);
			app.press('r');
			await app.see(new RegExp(secretKey.slice(0, 10)));
		},
	],
	locked: [
		[],
		given,
		async app => {
			await app.see(/Credentials 2/);
			app.press('ctrl+x');
			await app.see(/vault is locked/);
		},
	],
	wizard: [
		[],
		given,
		async app => {
			await app.see(/Credentials 2/);
			app.press('n');
			await app.see(/DigitalOcean/);
		},
	],
	prompt: [['get', 'credentials'], {}, app => app.see(/Passphrase:/)],
	'a prompt for a name': [['delete', 'credential', 'aws'], given, app => app.see(/to delete it:/)],
	'screen reader mode': [[], {...given, ACCESSIBLE: '1'}, app => app.see(/Credentials, 2/)],
	demo: [['--demo'], {}, app => app.see(/Credentials 20/)],
	exec: [['exec', 'aws', '--', 'sh', '-c', 'echo ready; exec sleep 60'], given, app => app.see(/ready/)],
	'exec --files': [
		['exec', 'gcp', '--files', '--', 'sh', '-c', 'echo "at $GOOGLE_APPLICATION_CREDENTIALS."; exec sleep 60'],
		given,
		app => app.see(/at .*\./),
	],
};

async function homeWithVault(context: TestContext): Promise<string> {
	const home = temporaryHome(context);
	await putVault(usualVault(home), typedAws(), ['gcp', 'gce', samplesOf('gce')[0] ?? {}]);
	return home;
}

for (const [version, find] of [
	['this Node.js', () => process.execPath],
	['a newer Node.js', newerNode],
] as const) {
	test(`a closed terminal ends pharmer with exit code 129 and without a core file, on ${version}`, {
		skip,
	}, async context => {
		const node = find();
		if (node === undefined) return context.skip('SKIPPED: no newer Node.js could be installed');
		const home = await homeWithVault(context);
		for (const [place, [args, environment, goThere]] of Object.entries(places)) {
			for (let round = 0; round < rounds; round++) {
				const command = ['sh', '-c', 'ulimit -c unlimited; exec "$@"', 'sh', node, program, ...args];
				const app = openProgram(context, {home, command, environment});
				await goThere(app);
				const [, file] = /at (\S+)\./.exec(app.text()) ?? [];
				app.hangUp();
				assert.equal(await app.ended(), 129, place);
				assert.deepEqual(
					readdirSync(home).filter(name => name.startsWith('core')),
					[],
					place,
				);
				if (file !== undefined) assert.equal(existsSync(file), false, place);
			}
		}
		context.diagnostic(`closed ${rounds} times at each of ${Object.keys(places).length} places`);
	});
}

test('a terminal that closes after SIGHUP, or reports no size, leaves no core file', {
	skip,
}, async context => {
	const home = await homeWithVault(context);
	const cores = (): readonly string[] => readdirSync(home).filter(name => name.startsWith('core'));
	const command = ['sh', '-c', 'ulimit -c unlimited; exec "$@"', 'sh', process.execPath, program];
	for (let round = 0; round < rounds; round++) {
		for (const gap of [0, 1, 2, 5, 10, 20]) {
			const app = openProgram(context, {home, command, environment: given});
			await app.see(/Credentials 2/);
			app.kill('SIGHUP');
			await sleep(gap);
			app.hangUp();
			assert.equal(await app.ended(), 129, `${gap} ms`);
			assert.deepEqual(cores(), [], `${gap} ms`);
		}
		const sizeless = ['sh', '-c', 'stty rows 0 cols 0; ulimit -c unlimited; exec "$@"', 'sh'];
		const app = openProgram(context, {home, command: [...sizeless, process.execPath, program], environment: given});
		await app.see(/Credentials 2/);
		app.hangUp();
		assert.equal(await app.ended(), 129, 'no size');
		assert.deepEqual(cores(), [], 'no size');
	}
});

test('a closed terminal ends pharmer even without SIGHUP', {skip}, async context => {
	const home = await homeWithVault(context);
	for (const [place, [args, environment, goThere]] of Object.entries(places)) {
		if (place.startsWith('exec')) continue;
		// In a session of its own the terminal is not the one that hang-ups come from.
		const script = 'trap : HUP; setsid --wait "$@"; echo $? > code';
		const app = openProgram(context, {
			home,
			command: ['sh', '-c', script, 'sh', process.execPath, program, ...args],
			environment,
		});
		await goThere(app);
		app.hangUp();
		const code = join(home, 'code');
		const written = (): string => (existsSync(code) ? readFileSync(code, 'utf8') : '');
		for (let wait = 0; wait < 200 && !written().endsWith('\n'); wait++) await sleep(50);
		assert.equal(written(), '129\n', place);
		await app.ended();
		rmSync(code);
	}
});
