import process from 'node:process';
import type {TestContext} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import type {Content} from '../../source/vault/vault.js';
import {fakeCloud, type Handler} from './fake-cloud.js';
import {program, type Result, runProgram, temporaryHome} from './program.js';
import {passphrase, putVault, type Typed, usualVault} from './quick-vault.js';

/** When the program is killed: at that request, before or after the provider has done what it asks. */
export type Moment = {readonly at: number; readonly isDone: boolean};

/** Both moments of each of so many requests. */
export function momentsOf(requests: number): readonly Moment[] {
	return Array.from({length: requests * 2}, (_, at) => ({at: at >> 1, isDone: at % 2 === 1}));
}

/** How a moment is told. */
export function storyOf({at, isDone}: Moment): string {
	return `killed at request ${at}, ${isDone ? 'done' : 'not done'}`;
}

type Handlers = Readonly<Record<string, Handler>>;

/**
 * The built program with a vault at fake providers, which kill it. `make` makes these, with the clock that they have in
 * common with the program.
 */
export async function killedAtRequest<Cloud extends {readonly handlers: Handlers}>(
	context: TestContext,
	make: (now: () => number) => Cloud,
	credentialsOf: (cloud: Cloud) => readonly Typed[],
) {
	/** How many minutes later it is than outside. */
	let later = 0;
	const now = (): number => Date.now() + later * 60_000;
	const cloud = make(now);
	const home = temporaryHome(context);
	const path = usualVault(home);
	await putVault(path, ...credentialsOf(cloud));
	let kill: (() => void) | undefined;
	let moment: Moment | undefined;
	let requests = 0;
	const killing =
		(handler: Handler): Handler =>
		async request => {
			const isNow = requests++ === moment?.at;
			const reply = isNow && !moment?.isDone ? {status: 599} : await handler(request);
			if (isNow) kill?.();
			return {...reply, headers: {date: new Date(now()).toUTCString(), ...reply.headers}};
		};
	const handlers = Object.fromEntries(Object.entries(cloud.handlers).map(([host, each]) => [host, killing(each)]));
	const fake = await fakeCloud(context, handlers);
	return {
		cloud,
		/** Runs it, so many minutes later than outside, and kills it at that moment. */
		run(
			args: readonly string[],
			{at, after = 0}: {readonly at?: Moment; readonly after?: number} = {},
		): Promise<Result> {
			[moment, later, requests] = [at, after, 0];
			const shifted = {node: 'faketime', script: '-f', args: [`+${after}m`, process.execPath, program, ...args]};
			return runProgram({
				home,
				environment: {PHARMER_PASSPHRASE: passphrase, ...fake.environment},
				...(after === 0 ? {args} : shifted),
				started: each => {
					kill = each;
				},
			});
		},
		/** How many requests the last run made. */
		requests: () => requests,
		/** What the vault holds now. */
		async content(): Promise<Content> {
			const vault = await fileVaultPlace(path).unlock(new Secret(passphrase));
			try {
				return await vault.read();
			} finally {
				await vault.close();
			}
		},
	};
}

/** The fields of a credential in clear; none where it is not there. */
export function fieldsOf({credentials}: Content, name: string): Readonly<Record<string, string>> {
	const {data} = credentials.find(each => each.name === name) ?? {data: new Map<string, Secret>()};
	return Object.fromEntries([...data].map(([key, value]) => [key, value.reveal()]));
}
