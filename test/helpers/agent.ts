import {join} from 'node:path';
import type {TestContext} from 'node:test';
import {Agent} from '../../source/agent/agent.js';
import type {Answer, Question, Times} from '../../source/agent/protocol.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {addCredential} from '../../source/vault/operations.js';
import type {ImagedPlace, Vault} from '../../source/vault/vault.js';
import {draft, passphrase, quick, temporaryFolder} from './vault-samples.js';

export const version = '1.2.3';
export const hours = 3600;

/** A machine's two clocks, which a test moves on. */
export function testClock() {
	let uptime = 1000;
	let awake = 500;
	return {
		uptime: () => uptime,
		awake: () => awake,
		pass(seconds: number): void {
			uptime += seconds;
			awake += seconds;
		},
		sleep(seconds: number): void {
			uptime += seconds;
		},
	};
}

export type TestClock = ReturnType<typeof testClock>;

/** A new vault with credentials of these names, and copies of its key. */
export async function vaultWith(context: TestContext, ...names: readonly string[]) {
	const file = join(temporaryFolder(context), 'vault.json');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	context.after(() => vault.close());
	for (const name of names) await vault.change(content => addCredential(content, draft(name), new Date(0)));
	return {file, id: vault.id, vault, key: await keyOf(vault)};
}

export type TestVault = Awaited<ReturnType<typeof vaultWith>>;

/** A copy of a vault's key. */
export function keyOf(vault: Vault): Promise<Buffer> {
	return vault.lendKey(async key => Buffer.from(key));
}

/** An agent in this process, and what it answers. */
export function testAgent(context: TestContext, clock: TestClock = testClock()) {
	const images: Buffer[] = [];
	const place = (path: string): ImagedPlace => {
		const counted = fileVaultPlace(path, quick);
		const image: ImagedPlace['image'] = counted.image.bind(counted);
		return Object.assign(counted, {
			async image(...given: Parameters<typeof image>) {
				const made = await image(...given);
				images.push(made.bytes);
				return made;
			},
		});
	};
	const agent = new Agent({version, clock, place, pid: 7, now: () => new Date('2026-03-01T12:00:00Z')});
	context.after(() => agent.close());
	const answer = async (request: Question, key?: Buffer): Promise<Answer> =>
		JSON.parse((await agent.answer(request, key)).line.toString());
	return {
		agent,
		clock,
		answer,
		/** The contents that it has read, each in the agent's own buffer. */
		images,
		/** Has it hold a vault, with a copy of the key. */
		hold({file, id, key}: Pick<TestVault, 'file' | 'id' | 'key'>, times: Times): void {
			agent.hold({path: file, id, ...times}, Buffer.from(key));
		},
		read: ({file}: Pick<TestVault, 'file'>, name: string) => answer({ask: 'read', version, path: file, name}),
		names: ({file}: Pick<TestVault, 'file'>) => answer({ask: 'names', version, path: file}),
		works: ({file}: Pick<TestVault, 'file'>) => answer({ask: 'works', version, path: file}),
		status: ({file}: Pick<TestVault, 'file'>) => answer({ask: 'status', version, path: file}),
		/** The key that it gives away; undefined when it refuses. */
		async key({file, id}: Pick<TestVault, 'file' | 'id'>): Promise<Buffer | undefined> {
			return (await agent.answer({ask: 'key', version, path: file, id}, undefined)).key;
		},
	};
}

/** What an agent says that does not hold a vault. */
export const locked: Answer = {is: 'no', why: 'locked'};
