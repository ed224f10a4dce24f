// Runs as a process of its own, since a call into the library may block it for as long as it likes. Arguments: the
// task and the entry. A key to set comes over standard input. The answer is a word and a line feed, and then the key
// that was asked for. Nothing else imports the library.
import './first.js';
import {readFileSync, writeSync} from 'node:fs';
import {stopIfDebugged} from './guard.js';

/** How a task ended. `gone`: there is no such entry. */
export type KeyringAnswer = 'done' | 'gone' | 'missing' | 'unreachable' | 'locked' | 'silent' | 'failed';

type Ended = {readonly answer: KeyringAnswer; readonly key?: Buffer};

/** What the library's messages mean. It has no codes. */
const meanings: readonly (readonly [message: RegExp, answer: KeyringAnswer])[] = [
	[/did not receive a reply|timed? ?out/i, 'silent'],
	[/dismissed|locked|cancell?ed|not allowed|denied/i, 'locked'],
	// A service that was never unlocked has no collection to keep anything in.
	[/no result found/i, 'locked'],
	[/^platform failure/i, 'unreachable'],
];

stopIfDebugged();

async function perform(task: string, user: string): Promise<Ended> {
	const library = await import('@napi-rs/keyring').catch(() => undefined);
	if (library === undefined) return {answer: 'missing'};
	// Other stores of Linux forget at the next start of the machine, and the library would take one without a word.
	const entry = new library.Entry('pharmer', user, {linux: {store: 'secret-service'}});
	if (task === 'remove') return {answer: entry.deleteCredential() ? 'done' : 'gone'};
	if (task === 'set') {
		const key = readFileSync(0);
		entry.setSecret(key);
		key.fill(0);
		return {answer: 'done'};
	}
	const found = entry.getSecret();
	if (found === null) return {answer: 'gone'};
	const key = Buffer.from(found);
	found.fill(0);
	return {answer: 'done', key};
}

async function main([task = '', user = '']: readonly string[]): Promise<void> {
	const {answer, key}: Ended = await perform(task, user).catch((error: unknown) => {
		const message = error instanceof Error ? error.message : '';
		return {answer: meanings.find(([pattern]) => pattern.test(message))?.[1] ?? 'failed'};
	});
	writeSync(1, `${answer}\n`);
	if (key !== undefined) writeSync(1, key);
	key?.fill(0);
}

await main(process.argv.slice(2));
