import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {Effect} from '../../source/app/effect.js';
import type {Event} from '../../source/app/event.js';
import {keymap} from '../../source/app/keymap.js';
import type {KeyPress} from '../../source/app/keys.js';
import {lineText} from '../../source/app/line-editor.js';
import {modeOf} from '../../source/app/mode.js';
import {unlockScreen} from '../../source/app/modes/unlock.js';
import {newState} from '../../source/app/state.js';
import {update} from '../../source/app/update.js';
import {PharmerError} from '../../source/domain/errors.js';
import {addCredential, deleteCredentials, replaceCredential, restoreCredential} from '../../source/vault/operations.js';
import type {Content} from '../../source/vault/vault.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';

/** A key of the keymap as a press. */
function press(key: string): KeyPress {
	const parts = key.split('+');
	const name = parts.at(-1) ?? '';
	const modifiers = {ctrl: parts.includes('ctrl'), alt: parts.includes('alt'), shift: parts.includes('shift')};
	return [...name].length === 1 ? {text: name, ...modifiers} : ({name, ...modifiers} as KeyPress);
}

const keys = [...new Set(keymap.flatMap(binding => binding.keys))].filter(key => key !== 'ctrl+c' && key !== 'q');
const eventArbitrary: fc.Arbitrary<Event> = fc.oneof(
	{weight: 12, arbitrary: fc.constantFrom(...keys).map(key => ({type: 'key', press: press(key)}) as const)},
	{
		weight: 4,
		arbitrary: fc
			.constantFrom('a', 'w', 's', keyId, secretKey, '漢', '👩‍👩‍👧', '\n')
			.map(text => ({type: 'paste', text}) as const),
	},
	{
		weight: 3,
		arbitrary: fc
			.string({unit: 'grapheme', minLength: 1, maxLength: 1})
			.map(text => ({type: 'key', press: {text, ctrl: false, alt: false, shift: false}}) as const),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			type: fc.constant('resize' as const),
			size: fc.record({columns: fc.integer({min: 1, max: 250}), rows: fc.integer({min: 1, max: 80})}),
		}),
	},
	{weight: 1, arbitrary: fc.constant({type: 'tick'} as const)},
);

/** What the world answers to an effect, at once. */
function answer(effect: Effect, content: Content): readonly [Content, Event | undefined] {
	const now = new Date(0);
	try {
		switch (effect.type) {
			case 'unlock':
				return [content, {type: 'opened', credentials: content.credentials}];
			case 'add': {
				const {content: next, result} = addCredential(content, effect.content, now);
				return [next, {type: 'changed', change: {kind: 'added', credential: result}, credentials: next.credentials}];
			}
			case 'replace': {
				const {content: next, result} = replaceCredential(content, effect.basis, effect.content, now);
				return [next, {type: 'changed', change: {kind: 'replaced', credential: result}, credentials: next.credentials}];
			}
			case 'restore': {
				const {content: next, result} = restoreCredential(content, effect.id, now);
				return [next, {type: 'changed', change: {kind: 'restored', credential: result}, credentials: next.credentials}];
			}
			case 'delete': {
				const {content: next, result} = deleteCredentials(content, [effect.basis], now);
				const [credential] = result;
				assert.ok(credential);
				return [next, {type: 'changed', change: {kind: 'deleted', credential}, credentials: next.credentials}];
			}
			case 'read-file':
				return [content, {type: 'failed', during: 'read-file', failure: {code: 'file', message: 'no such file'}}];
			default:
				return [content, undefined];
		}
	} catch (error) {
		assert.ok(error instanceof PharmerError, String(error));
		const {code, message, hint} = error;
		return [
			content,
			{type: 'failed', during: effect.type, failure: {code, message, hint}, credentials: content.credentials},
		];
	}
}

test('random keys, pastes and resizes never throw, and delete nothing whose name was not typed', () => {
	fc.assert(
		fc.property(fc.array(eventArbitrary, {minLength: 20, maxLength: 200}), events => {
			let content: Content = {credentials: ['one', 'two', 'three'].map(name => storedCredential(name)), trash: []};
			let state = newState({
				size: {columns: 80, rows: 24},
				now: 0,
				path: 'memory',
				environment: {},
				start: {kind: 'browse'},
				screen: unlockScreen,
			});
			const queue: Event[] = [{type: 'opened', credentials: content.credentials}, ...events];
			let now = 0;
			for (let event = queue.shift(); event !== undefined; event = queue.shift()) {
				const before = state;
				now += 50;
				const result = update(before, event, now);
				state = result.state;
				modeOf(state);
				for (const effect of result.effects) {
					if (effect.type === 'delete') {
						assert.equal(before.screen.kind, 'delete');
						assert.equal(before.screen.kind === 'delete' && lineText(before.screen.typed), effect.basis.name);
					}
					if (effect.type === 'quit') return;
					const [next, reply] = answer(effect, content);
					content = next;
					if (reply !== undefined) queue.unshift(reply);
				}
				if (state.found.length > 0 && state.screen.kind === 'list') {
					assert.ok(
						state.found.some(credential => credential.id === state.selected),
						'something is selected',
					);
				}
			}
		}),
		{numRuns: 300},
	);
});
