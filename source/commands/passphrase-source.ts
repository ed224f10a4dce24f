import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import type {InputFile} from '../platform/input-file.js';
import type {Prompt} from '../platform/prompt.js';
import {agrees} from './agree.js';
import type {Context} from './context.js';
import {tell, usage, warn} from './talk.js';

/** Where a passphrase comes from when nobody is asked. */
export type PassphraseSource = {
	readonly flag: string;
	/** The variable that holds it; with `_FILE` appended, the variable that names a file. */
	readonly variable: string;
};

export const currentPassphrase: PassphraseSource = {flag: '--passphrase-fd', variable: 'PHARMER_PASSPHRASE'};
export const newPassphrase: PassphraseSource = {flag: '--new-passphrase-fd', variable: 'PHARMER_NEW_PASSPHRASE'};

function withoutNewline(text: string): string {
	return text.replace(/\r?\n$/, '');
}

function asPassphrase(text: string, origin: string): Secret {
	if (text === '') throw usage(`the passphrase from ${origin} is empty`);
	return new Secret(text);
}

async function readPassphraseFile(path: string, variable: string, context: Context): Promise<InputFile> {
	try {
		return await context.readInput(path === '-' ? './-' : path);
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		throw new PharmerError(error.code, `${variable}: ${error.message}`, error.hint);
	}
}

/**
 * The passphrase from the flag's file descriptor, the file its variable names, or the variable itself, in this order;
 * undefined when none is set. A single line end at the end of a file is dropped. Throws `usage` when it is empty,
 * `file`, and `invalid`.
 */
export async function givenPassphrase(
	source: PassphraseSource,
	descriptor: number | undefined,
	context: Context,
): Promise<Secret | undefined> {
	if (descriptor !== undefined) {
		return asPassphrase(withoutNewline(await context.readDescriptor(descriptor)), `\`${source.flag}\``);
	}
	const fileVariable = `${source.variable}_FILE`;
	const path = context.environment[fileVariable];
	if (path) {
		const {text, exposed} = await readPassphraseFile(path, fileVariable, context);
		if (exposed) warn(context, `others can read \`${path}\`: chmod 600 makes it yours alone`);
		return asPassphrase(withoutNewline(text), `\`${fileVariable}\``);
	}
	const text = context.environment[source.variable];
	return text ? new Secret(text) : undefined;
}

/** The same for a new passphrase. Warns about one that somebody at a terminal would be asked about. */
export async function givenNewPassphrase(
	source: PassphraseSource,
	descriptor: number | undefined,
	context: Context,
): Promise<Secret | undefined> {
	const given = await givenPassphrase(source, descriptor, context);
	if (given === undefined) return undefined;
	const {weakness} = await import('../domain/strength.js');
	const weak = weakness(given.reveal());
	if (weak !== undefined) warn(context, `the new passphrase ${weak}`);
	return given;
}

/** The error for a passphrase that is needed when there is nobody to ask. `otherwise` begins what can be done. */
export function passphraseNeeded(source: PassphraseSource, what: string, otherwise = ''): Error {
	return usage(
		`${what} is needed and there is no terminal to ask for it`,
		`${otherwise}set ${source.variable} or ${source.variable}_FILE, or give ${source.flag} N`,
	);
}

const attempts = 3;

/**
 * Asks for a new passphrase, twice, and whether a weak one is to be used all the same. `isOnly` tells that there is no
 * other way in. Throws `usage` when three attempts were empty, taken back, or did not match.
 */
export function askNewPassphrase(prompt: Prompt, context: Context, isOnly = true): Promise<Secret> {
	// In one go: between two questions the terminal would show what is pasted.
	return prompt.quietly(() => chosenPassphrase(prompt, context, isOnly));
}

async function chosenPassphrase(prompt: Prompt, context: Context, isOnly: boolean): Promise<Secret> {
	const {passphraseStrength, weakness} = await import('../domain/strength.js');
	if (isOnly) tell(context, 'There is no recovery: without the passphrase nobody can open the vault.');
	for (let attempt = 0; attempt < attempts; attempt++) {
		const first = await prompt.secret('New passphrase: ');
		if (first.isEmpty) {
			tell(context, 'It is empty. Choose another.');
			continue;
		}
		const {level, advice} = passphraseStrength(first.reveal());
		if (level === 'weak') tell(context, `That one is ${advice}.`);
		const weak = weakness(first.reveal());
		if (weak !== undefined) {
			tell(context, `It ${weak}.`);
			if (!(await agrees(prompt, 'Use it all the same? [y/N] ', 'fresh'))) continue;
		}
		if (first.equals(await prompt.secret('The same again: '))) return first;
		tell(context, 'The two are not the same.');
	}
	throw usage('no new passphrase was chosen', 'nothing was changed');
}
