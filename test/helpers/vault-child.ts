import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {PharmerError} from '../../source/domain/errors.js';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import {withLock} from '../../source/files/lock.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {versionsOf} from '../../source/vault/history/history.js';
import {passphraseOpener} from '../../source/vault/keys/passphrase.js';
import {mergeContents} from '../../source/vault/merge.js';
import {
	addCredential,
	deleteCredentials,
	getByName,
	purgeTrash,
	purgeVersions,
	replaceCredential,
	replaceCredentials,
	restoreCredentials,
} from '../../source/vault/operations.js';
import {openSealedVault, readSealedVault, writeBackup} from '../../source/vault/sealed-vault.js';
import type {Changed, Content, Vault} from '../../source/vault/vault.js';
import {digestOf} from './content-digest.js';
import {dieAt} from './dying.js';

/**
 * What the tests of several processes start. Its passphrase is the tests' own; parameters: what to do, the file, and
 * a number or two.
 */
const [task, file = '', first = '0', second = '0'] = process.argv.slice(2);
const options = {kdfCost: 2 ** 15, waitMs: 60_000};

function say(line: string): void {
	fs.writeSync(1, `${line}\n`);
}

function unlock(): Promise<Vault> {
	return fileVaultPlace(file, options).unlock(new Secret('correct horse battery staple'));
}

/** A credential's content for one write: the number, and a text whose length and letters follow from it. */
function numbered(name: string, number: number, longest = 20_000) {
	const token = String.fromCharCode(97 + (number % 26)).repeat((number * 7919) % longest);
	const data = new Map(Object.entries({number: String(number), token}).map(([key, text]) => [key, new Secret(text)]));
	return {name: parseName(name), provider: 'generic', data, labels: new Map<string, string>()};
}

/** Writes one number after the other, for ever, and says each when it is written. */
async function count(): Promise<void> {
	const vault = await unlock();
	say('ready');
	await new Promise(resolve => process.stdin.once('data', resolve));
	for (;;) say(String(await vault.change(countOn)));
}

function countOn(content: Content): Changed<number> {
	const current = getByName(content, 'counter');
	const next = Number(current.data.get('number')?.reveal()) + 1;
	const changed = replaceCredential(content, current, numbered('counter', next), new Date());
	return {content: changed.content, result: next};
}

/** So many writes of three kinds, each said when it is done: `+NAME`, `=NAME NUMBER`, `-NAME`. */
async function mix(): Promise<void> {
	const vault = await unlock();
	say('ready');
	for (let index = 0; index < Number(second); index++) {
		const name = `c${first}-${index - (index % 3)}`;
		if (index % 3 === 0) {
			await vault.change(content => addCredential(content, numbered(name, 0, 100), new Date()));
			say(`+${name}`);
		} else if (index % 3 === 1) {
			await vault.change(content =>
				replaceCredential(content, getByName(content, name), numbered(name, index, 100), new Date()),
			);
			say(`=${name} ${index}`);
		} else if (index % 2 === 0) {
			await vault.change(content => deleteCredentials(content, [getByName(content, name)], new Date()));
			say(`-${name}`);
		}
	}
}

/** A change of the app, over what the vault holds; `turn` makes it another one each time. */
type AppChange = (content: Content, turn: number, now: Date) => Changed<unknown>;

/** A state that `z` and `Z` lead to: the newest version of the first credential, as it was. */
const takeBack: AppChange = (content, _, now) => {
	const [basis] = content.credentials;
	const version = basis && versionsOf(content, basis)[0];
	if (basis === undefined || version === undefined) throw new Error('there is nothing to undo');
	return replaceCredentials(content, [{basis, next: version.content, changed: basis.changed}], now, 'undo');
};

/** An edit, its undo and redo, a label on all with its undo, a delete with its undo, and both purges. */
const appChanges: readonly AppChange[] = [
	(content, turn, now) => addCredential(content, numbered(`new-${turn}`, turn, 100), now),
	({credentials, ...rest}, turn, now) => {
		const [first, ...others] = credentials;
		if (first === undefined) throw new Error('there is nothing to edit');
		const next = {...first, note: `turn ${turn}`};
		return replaceCredentials({...rest, credentials: [first, ...others]}, [{basis: first, next}], now);
	},
	takeBack,
	takeBack,
	(content, turn, now) =>
		replaceCredentials(
			content,
			content.credentials.map(basis => ({basis, next: {...basis, labels: new Map([['turn', `${turn}`]])}})),
			now,
		),
	(content, _, now) =>
		replaceCredentials(
			content,
			content.credentials.map(basis => ({basis, next: {...basis, labels: new Map()}, changed: basis.changed})),
			now,
			'undo',
		),
	(content, _, now) => deleteCredentials(content, content.credentials.slice(-2), now),
	(content, _, now) => restoreCredentials(content, [{id: content.trash.at(-1)?.id ?? ''}], now),
	content => purgeTrash(content, content.trash),
	(content, turn) => {
		const basis = content.credentials[turn % content.credentials.length];
		if (basis === undefined) throw new Error('there is nothing to purge the versions of');
		return purgeVersions(content, basis);
	},
];

/** Makes the app's changes one after the other, for ever; says what each will write, and then that it is written. */
async function change(): Promise<void> {
	const vault = await unlock();
	say('ready');
	await new Promise(resolve => process.stdin.once('data', resolve));
	for (let turn = Number(first); ; turn++) {
		const make = appChanges[turn % appChanges.length];
		await vault.change(content => {
			const changed = make?.(content, turn, new Date()) ?? {content, result: undefined};
			say(`next ${digestOf(changed.content)}`);
			return changed;
		});
		say(`done ${turn}`);
	}
}

/**
 * Is alone under the lock again and again, which it checks with a file, until it dies under the lock or has been
 * there often enough.
 */
async function exclude(): Promise<void> {
	const sign = `${file}.inside`;
	for (let round = 0; round < Number(first); round++) {
		await withLock(
			file,
			() => {
				fs.writeFileSync(sign, String(process.pid), {flag: 'wx'});
				const total = Number(fs.readFileSync(file, 'utf8'));
				fs.writeFileSync(file, String(total + 1));
				fs.rmSync(sign);
				say(String(total + 1));
				if (round === Number(second)) process.kill(process.pid, 'SIGKILL');
			},
			options,
		);
	}
}

/** Does one thing and dies at a call to the file system, as the parameters say. */
const dying = (prepare: () => Promise<() => Promise<unknown>>): Promise<void> =>
	dieAt(Number(first), second !== '0', prepare, () => say('written'));

const die = (): Promise<void> =>
	dying(async () => {
		const vault = await unlock();
		return () => vault.change(countOn);
	});

/** Makes a backup beside the folder of the vault. */
const dieInBackup = (): Promise<void> =>
	dying(
		async () => async () => writeBackup(`${path.dirname(file)}.backup`, await fileVaultPlace(file, options).sealed()),
	);

/** Merges that backup into the vault. */
const dieInMerge = (): Promise<void> =>
	dying(async () => {
		const vault = await unlock();
		const backup = readSealedVault(`${path.dirname(file)}.backup`);
		const opener = passphraseOpener(new Secret('correct horse battery staple'));
		const other = (await openSealedVault(backup, opener)) ?? {credentials: [], trash: []};
		return () => vault.change(content => mergeContents(content, other, new Map(), new Date()));
	});

/** Puts that backup in place of the vault. */
const dieInReplace = (): Promise<void> =>
	dying(async () => () => fileVaultPlace(file, options).supplant(readSealedVault(`${path.dirname(file)}.backup`)));

/** Opens, reads and tries to change, and says how each went. */
async function attempt(): Promise<void> {
	try {
		const vault = await unlock();
		say(String((await vault.read()).credentials.length));
		await vault.change(content => addCredential(content, numbered(`more-${process.pid}`, 1), new Date()));
		say('written');
	} catch (error) {
		say(error instanceof PharmerError ? `${error.code} ${error.message}` : String(error));
	}
}

/** Watches, and has nothing else to do. */
async function watch(): Promise<void> {
	await (await unlock()).watch(() => say('told'));
	say('watching');
}

const tasks: Readonly<Record<string, () => Promise<void>>> = {
	count,
	change,
	mix,
	exclude,
	die,
	'die-in-backup': dieInBackup,
	'die-in-merge': dieInMerge,
	'die-in-replace': dieInReplace,
	attempt,
	watch,
};
void tasks[task ?? '']?.();
