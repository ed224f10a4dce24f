import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {Effect} from '../../../source/app/core/effect.js';
import type {Event} from '../../../source/app/core/event.js';
import {isRevealed, type State, selectedCredential, showsField} from '../../../source/app/core/state.js';
import {pressOf} from '../../../source/app/input/keys.js';
import {modeOf} from '../../../source/app/keyboard/focus.js';
import {update} from '../../../source/app/loop/update.js';
import {focusedRow} from '../../../source/app/screens/edit/edit-screen.js';
import {announcements} from '../../../source/app/spoken/announcements.js';
import {promptLine} from '../../../source/app/spoken/prompt-line.js';
import {spokenScreen} from '../../../source/app/spoken/screen.js';
import {maskedManifest} from '../../../source/documents/edited-manifest.js';
import {Secret} from '../../../source/domain/secret.js';
import type {Content} from '../../../source/vault/vault.js';
import {keyId, secretKey, storedCredential} from '../../helpers/credentials.js';
import {allKeys} from '../../helpers/keymap.js';
import {freshState} from '../../helpers/state.js';

const typedSecret = 'typed-CANARY';

const keys = allKeys.filter(key => key !== 'ctrl+c' && key !== 'q');
const eventArbitrary: fc.Arbitrary<Event | 'secret'> = fc.oneof(
	{weight: 12, arbitrary: fc.constantFrom(...keys).map(key => ({type: 'key', press: pressOf(key)}) as const)},
	{
		weight: 4,
		arbitrary: fc.constantFrom('a', 's', keyId, '漢', '\u001b[2J', '\n').map(text => ({type: 'paste', text}) as const),
	},
	{weight: 2, arbitrary: fc.constant('secret' as const)},
	{weight: 1, arbitrary: fc.constant({type: 'tick'} as const)},
);

/** Whether what is typed now is a secret: only then is it one. */
function asksSecret(state: State): boolean {
	const {screen} = state;
	if (modeOf(state) === 'wizard-field' && screen.kind === 'wizard')
		return screen.fields[screen.focus]?.key === 'secretAccessKey';
	return modeOf(state) === 'edit' && screen.kind === 'edit' && focusedRow(screen)?.field.secret === true;
}

/** What comes of an effect that leads to other screens. */
function answer(effect: Effect, content: Content): Event | undefined {
	switch (effect.type) {
		case 'unlock':
			return {type: 'opened', stored: content, draft: undefined};
		case 'write-manifest':
			return {type: 'manifest-written', text: new Secret(maskedManifest(effect.credential, effect.hidden))};
		case 'add':
		case 'replace':
		case 'delete':
		case 'purge':
		case 'restore':
		case 'read-file':
		case 'read-manifest':
			return {type: 'failed', during: effect.type, failure: {code: 'file', message: 'no room'}, stored: content};
		default:
			return undefined;
	}
}

test('spoken text for random keys holds no hidden secret and no control character', () => {
	fc.assert(
		fc.property(fc.array(eventArbitrary, {minLength: 20, maxLength: 150}), events => {
			const content: Content = {
				credentials: ['one', 'two'].map(name =>
					storedCredential(name, {note: 'a\n\u001b[31mb', expires: '1970-01-09'}),
				),
				trash: [{...storedCredential('three'), deleted: '1970-01-01T00:00:00Z'}],
			};
			let state = freshState();
			const queue: (Event | 'secret')[] = [{type: 'opened', stored: content}, ...events];
			let now = 0;
			for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
				if (next === 'secret' && !asksSecret(state)) continue;
				const event: Event = next === 'secret' ? {type: 'paste', text: typedSecret} : next;
				now += 50;
				const before = state;
				const {state: after, effects} = update(before, event, now);
				state = after;
				for (const line of [...announcements(before, after), ...spokenScreen(after)]) {
					assert.ok(!line.includes(secretKey) && !line.includes(typedSecret), line);
					assert.doesNotMatch(line, /\p{Cc}/u);
				}
				const prompt = promptLine(after);
				const line = prompt === undefined ? '' : [prompt.label, prompt.cells.join(''), ...prompt.shown].join(' ');
				const credential = selectedCredential(after);
				const isShown = showsField(after) || (credential !== undefined && isRevealed(after, credential));
				if (!isShown) assert.ok(!line.includes(secretKey) && !line.includes(typedSecret), line);
				assert.doesNotMatch(line, /\p{Cc}/u);
				for (const effect of effects) {
					const reply = answer(effect, content);
					if (reply !== undefined) queue.unshift(reply);
				}
			}
		}),
		{numRuns: 150},
	);
});

test('nothing is announced when only the time changes', () => {
	const state = freshState();
	assert.deepEqual(announcements(state, state), []);
	assert.deepEqual(announcements(state, {...state, now: 60_000}), []);
});
