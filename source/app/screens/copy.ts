import {mainSecrets} from '../../credentials/main-secrets.js';
import {publicId} from '../../credentials/public-id.js';
import type {Credential} from '../../domain/credential.js';
import {Secret} from '../../domain/secret.js';
import {fieldOf, providerOf} from '../../providers/catalog.js';
import type {Field} from '../../providers/provider.js';
import {visible} from '../../text/visible.js';
import type {Event} from '../core/event.js';
import {fixedPrompt} from '../core/prompt.js';
import type {Screen} from '../core/screen.js';
import {placed} from '../core/spoken-words.js';
import type {State} from '../core/state.js';
import {type Step, say, show, step} from '../core/step.js';
import type {DetailScreen, ListScreen} from './browse/browse-screen.js';
import {choiceKeys} from './copy-choice-keys.js';
import type {Room} from './room.js';

/** Which field of a credential to copy. */
export type CopyScreen = {
	readonly kind: 'copy';
	readonly credential: Credential;
	readonly choice: number;
	readonly from: Screen;
};

declare module '../core/screen.js' {
	interface Screens {
		readonly copy: CopyScreen;
	}
}

/** A field that can be copied, and what may be shown of it: undefined for a secret. */
export type CopyRow = {readonly field: Field; readonly value: Secret; readonly shown: string | undefined};

/** Every field of a credential, in its provider's order. */
export function copyRows({provider, data}: Credential): readonly CopyRow[] {
	return [...data].map(([key, value]) => {
		const field = fieldOf(providerOf(provider), key);
		return {field, value, shown: field.secret ? undefined : value.reveal()};
	});
}

/** Asks which field of a credential to copy. */
export function copyScreen(credential: Credential, from: CopyScreen['from']): CopyScreen {
	return {kind: 'copy', credential, choice: 0, from};
}

/** Copies a field of a credential. */
export function copyRow(state: State, {id, name}: Credential, {field, value}: Pick<CopyRow, 'field' | 'value'>): Step {
	const {label, secret} = field;
	return step(state, {type: 'copy', text: value, what: `${label} of ${name}`, secret, ...(secret ? {of: id} : {})});
}

/** Copies the secret; asks which when the credential has several. */
export function copySecret(state: State, screen: ListScreen | DetailScreen, credential: Credential): Step {
	const [only, ...others] = mainSecrets(credential);
	if (only === undefined) return step(say(state, 'note', `${credential.name} has no secret.`));
	if (others.length === 0) return copyRow(state, credential, only);
	return step(show({...state, reveal: undefined}, copyScreen(credential, screen)));
}

/** Copies the value that tells the credential from others, such as an access key id. */
export function copyId(state: State, credential: Credential): Step {
	const id = publicId(credential);
	const key = providerOf(credential.provider).publicId;
	if (id === '' || key === undefined) {
		return step(say(state, 'note', `${credential.name} has no public id; Y chooses a field to copy.`));
	}
	return copyRow(state, credential, {field: fieldOf(providerOf(credential.provider), key), value: new Secret(id)});
}

function copyChosen(state: State, {credential, choice, from}: CopyScreen): Step {
	const key = copyRows(credential)[choice]?.field.key;
	const back = show(state, from);
	// Copies the current value: the credential may have changed in the meantime.
	const now = state.credentials.find(({id}) => id === credential.id);
	const row = now && copyRows(now).find(({field}) => field.key === key);
	if (now === undefined || row === undefined) return step(say(back, 'error', 'That field is not there any more.'));
	return copyRow(back, now, row);
}

/** The expected destination: a message names only another one. */
const usual = 'the clipboard';

/** Reports what was copied, and when a secret will be cleared. */
export function onCopied(state: State, {what, secret, by, sure}: Extract<Event, {type: 'copied'}>): State {
	const {clipboardSeconds} = state.settings;
	const copied = secret ? {what, until: state.now + clipboardSeconds * 1000} : undefined;
	const until = `cleared in ${clipboardSeconds} s`;
	const where = by === usual ? '' : ` to ${by}`;
	if (sure) return say({...state, copied}, 'done', `Copied ${what}${where}${secret ? `; ${until}` : ''}.`);
	// What is important comes first: in a narrow window there may be no room for the rest.
	const sent = `Sent${secret ? `, ${until}` : ''}: ${what}, to ${by}, which does not say whether it took it.`;
	return say({...state, copied}, 'note', sent);
}

/** Reports whether the clipboard was cleared once the time was up. */
export function onCleared(state: State, result: Extract<Event, {type: 'clipboard-cleared'}>['result']): State {
	const said = {
		cleared: 'The clipboard is clear again.',
		kept: 'Something else was copied meanwhile: the clipboard was left alone.',
		unknown: "The clipboard was told to clear; whether it did can't be known.",
	};
	return say(state, 'note', said[result]);
}

/** A field and its value, `hidden` for a secret. */
export function copyText({field, shown}: CopyRow): string {
	return `${visible(field.label)}: ${shown === undefined ? 'hidden' : visible(shown)}`;
}

const copyItem = (_: State, {credential, choice}: CopyScreen): string => placed(copyRows(credential), choice, copyText);

export const copyRoom: Room<CopyScreen, 'copy'> = {
	mode: () => 'copy',
	keys: {copy: choiceKeys((_, {credential}) => copyRows(credential).length, copyChosen)},
	afterLock: ({from}) => from,
	crumbs: (_, {credential}) => ['copy', credential.name],
	spoken: {
		isOverlay: true,
		body: (state, screen) => [`Copy which field of ${visible(screen.credential.name)}?`, copyItem(state, screen)],
		item: copyItem,
		itemKey: (_, {choice}) => `${choice}`,
		prompt: () => fixedPrompt('copy'),
	},
};
