import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type {TestContext} from 'node:test';
import type {ClosingStep, Step} from '../../source/closing/step.js';
import {contentOfFound, suggestedNames} from '../../source/credentials/found.js';
import {lookAround} from '../../source/look/look.js';
import {importWorld} from '../../source/look/this-machine.js';
import type {World} from '../../source/look/world.js';
import {type ClosingMachine, thisClosingMachine} from '../../source/tasks/closing-machine.js';
import {planClosing} from '../../source/tasks/plan-closing.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {addCredentials, findByName} from '../../source/vault/operations.js';
import type {Vault} from '../../source/vault/vault.js';
import {passphrase, quick, temporaryFolder} from './vault-samples.js';

/** When tests close files, and when no process can be closing any more what was noted by then. */
export const closingTime = (): Date => new Date('2026-03-01T12:00:00Z');
export const afterClosing = (): Date => new Date('2026-03-01T12:01:01Z');

/** What closes the files of a home, with a vault that holds them. */
export type ClosingHome = {
	readonly home: string;
	/** The vault's file, which lies outside of the home. */
	readonly file: string;
	readonly vault: Vault;
	readonly world: World;
	readonly machine: ClosingMachine;
	plan(): Promise<readonly Step[]>;
	/** The step of a file of the home that can be closed. */
	step(name: string): Promise<ClosingStep>;
};

/** Files by their paths in the home: a text, or a text and a mode; 0600 when it is left out. */
export type HomeFiles = Readonly<Record<string, string | readonly [text: string, mode: number]>>;

/** Makes the home and the vault, and keeps all that is found in it. */
export async function closingHome(context: TestContext, files: HomeFiles): Promise<ClosingHome> {
	const folder = temporaryFolder(context);
	const home = path.join(folder, 'home');
	fs.mkdirSync(home);
	putFiles(home, files);
	const file = path.join(folder, 'vault', 'vault.json');
	const vault = await fileVaultPlace(file, {...quick, waitMs: 40}).create(passphrase);
	const world = worldOf(home);
	const {found} = await lookAround(world);
	const names = suggestedNames(found, []);
	const contents = found.flatMap((each, at) => contentOfFound(each, names[at] ?? assert.fail()));
	await vault.change(content => addCredentials(content, contents, closingTime()));
	return closingIn({home, file, vault});
}

/** The same for a home and a vault that are there. */
export async function closingIn({
	home,
	file,
	vault,
}: Pick<ClosingHome, 'home' | 'file' | 'vault'>): Promise<ClosingHome> {
	const world = worldOf(home);
	const machine: ClosingMachine = {
		...(await thisClosingMachine({}, ['/opt/node', '/opt/pharmer'], path.dirname(file))),
		// What the command would answer.
		async tryProcess(line) {
			const {data} = findByName(await vault.read(), line.split(' ').at(-1) ?? '') ?? {};
			const [accessKeyId, secretAccessKey] = [data?.get('accessKeyID'), data?.get('secretAccessKey')];
			return accessKeyId && secretAccessKey && {accessKeyId: accessKeyId.reveal(), secretAccessKey};
		},
	};
	const plan = async (): Promise<readonly Step[]> => {
		const content = await vault.read();
		return planClosing({look: await lookAround(world), content, closesEnv: true}, machine, world);
	};
	return {
		home,
		file,
		vault,
		world,
		machine,
		plan,
		async step(name) {
			const step = (await plan()).find(each => each.path === path.join(home, name));
			assert.ok(step?.closing, `${name}: ${step === undefined ? 'no step' : JSON.stringify(step)}`);
			return step;
		},
	};
}

export function putFiles(home: string, files: HomeFiles): void {
	for (const [name, file] of Object.entries(files)) {
		const [text, mode] = typeof file === 'string' ? [file, 0o600] : file;
		fs.mkdirSync(path.dirname(path.join(home, name)), {recursive: true});
		fs.writeFileSync(path.join(home, name), text);
		fs.chmodSync(path.join(home, name), mode);
	}
}

/** Removes claims to locks that nobody could remove: with each of them a later lock looks at one more file. */
export function dropClaims(...folders: readonly string[]): void {
	for (const folder of folders)
		for (const name of fs.readdirSync(folder, {recursive: true, encoding: 'utf8'}))
			if (/\.lock(\.|$)/.test(name)) fs.rmSync(path.join(folder, name), {force: true});
}

/** Every file of a home, to the byte and with its mode. */
export function snapshot(home: string): ReadonlyMap<string, string> {
	const names = fs.readdirSync(home, {recursive: true, encoding: 'utf8'}).sort();
	return new Map(
		names.flatMap(name => {
			const status = fs.lstatSync(path.join(home, name));
			if (!status.isFile() && !status.isSymbolicLink()) return [];
			const text = status.isSymbolicLink()
				? `-> ${fs.readlinkSync(path.join(home, name))}`
				: fs.readFileSync(path.join(home, name), 'latin1');
			return [[name, `${(status.mode & 0o7777).toString(8)} ${text}`] as const];
		}),
	);
}

function worldOf(home: string): World {
	const config = path.join(home, '.config');
	const world = importWorld({});
	return {...world, places: {environment: {}, platform: 'linux', home, config, userConfig: config}};
}
