import {mainSecrets} from '../credentials/main-secrets.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import {listed, plural} from '../domain/words.js';
import type {Copied} from '../platform/copying.js';
import {fieldOf, providerOf} from '../providers/catalog.js';
import type {Field} from '../providers/provider.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {warnOfExpired} from './expired.js';
import type {GlobalOptions} from './global-options.js';
import {credentialsNamed} from './named-credentials.js';
import {fieldNamed} from './named-field.js';
import {picking} from './picking.js';
import {syncFlags} from './sync-flags.js';
import {tell, usage} from './talk.js';

type CopyOptions = GlobalOptions & {
	/** The credential's name, if it was given. */
	readonly names: readonly string[];
	/** The key of the field; its secret when left out. */
	readonly field: string | undefined;
};

export const copy = command<CopyOptions>({
	verb: 'copy',
	summary: 'copy a secret to the clipboard, for a while',
	usage: 'copy NAME [FIELD] [flags]',
	description:
		'Copies the secret of a credential, or one of its fields, to the clipboard. A secret is taken from there again after the time that the settings of the app say, if it is still there.',
	examples: [
		['pharmer copy prod', 'its secret'],
		['pharmer copy prod accessKeyID', 'another field'],
	],
	more: [
		"Over ssh, and where there is no other clipboard, the terminal's own is used (OSC 52). It can't be read, so it is emptied only when the setting `over ssh` says so.",
		'`pharmer lock` empties the clipboard at once.',
	],
	operand: {
		name: 'NAME',
		least: 1,
		most: 2,
		help: 'the credential, and the key of a field; when left out, you pick one',
		offers: ['names', 'fields'],
	},
	flags: [...syncFlags],
	otherWords: ['clip', 'yank'],
	picks: true,
	read: ({globals, operands: [name, field]}) => ({...globals, names: name === undefined ? [] : [name], field}),
	run: picking('copy', runCopy),
});

type Chosen = {readonly field: Field; readonly value: Secret};

/**
 * The field that is asked for, or the secret that there is. Throws `invalid` when there is no such field, and `usage`
 * when nothing tells which secret is meant.
 */
async function chosen(credential: Credential, key: string | undefined): Promise<Chosen> {
	const {name, provider, data} = credential;
	if (key === undefined) {
		const secrets = mainSecrets(credential);
		const [only] = secrets;
		if (only === undefined)
			throw usage(`\`${name}\` has no secret`, `name one of its fields: ${listed([...data.keys()], 'or')}`);
		if (secrets.length === 1) return only;
		const fields = secrets.map(({field}) => field.key);
		throw usage(`\`${name}\` has ${plural(secrets.length, 'secret')}`, `name one of them: ${listed(fields, 'or')}`);
	}
	return {field: fieldOf(providerOf(provider), key), value: await fieldNamed(credential, key)};
}

/**
 * Copies a field to the clipboard, and has a secret taken from there later. Throws `not-found`, `invalid`, `usage` and
 * `file`.
 */
async function runCopy({names, field: key, ...options}: CopyOptions, context: Context): Promise<void> {
	const {credentials, note} = await credentialsNamed(names, options, context);
	const [credential] = credentials;
	if (credential === undefined) return;
	const {field, value} = await chosen(credential, key);
	if (value.isEmpty) throw usage(`\`${field.key}\` of \`${credential.name}\` is empty`);
	warnOfExpired(credentials, context);
	await context.copy(value, async copied => {
		const what = `${field.label} of \`${credential.name}\``;
		const {by, sure} = copied;
		const done = sure ? `copied ${what} to ${by}` : `sent ${what} to ${by}, which does not say whether it took it`;
		tell(context, field.secret ? `${done}; ${await clearLater(copied, context)}` : done);
	});
	await note(field.secret ? 'copy' : undefined);
}

/** Has somebody take a secret from the clipboard later, and says who and when. */
async function clearLater({sure, clearing}: Copied, context: Context): Promise<string> {
	const {clipboardSeconds: seconds, clipboardBlind} = await context.settings();
	if (!sure && !clipboardBlind) return 'nothing empties it; the setting `over ssh` of the app would';
	if (clearing === undefined) return 'nothing empties it: nobody else can write to this terminal';
	try {
		const who = await (await context.agent()).clearLater({clearing, seconds});
		const subject = who === 'agent' ? 'the agent' : 'a process in the background';
		return `${subject} ${sure ? 'clears it' : 'has it emptied'} in ${plural(seconds, 'second')}`;
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		return `nothing empties it: ${error.message}`;
	}
}
