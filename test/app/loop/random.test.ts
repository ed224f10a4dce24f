import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {Effect} from '../../../source/app/core/effect.js';
import type {Event} from '../../../source/app/core/event.js';
import {pressOf} from '../../../source/app/input/keys.js';
import {lineText} from '../../../source/app/input/line-editor.js';
import {modeOf} from '../../../source/app/keyboard/focus.js';
import {update} from '../../../source/app/loop/update.js';
import {confirmWord} from '../../../source/app/screens/delete.js';
import type {FoundCredential} from '../../../source/credentials/found.js';
import {maskedManifest, readEdited, withHidden} from '../../../source/documents/edited-manifest.js';
import {PharmerError} from '../../../source/domain/errors.js';
import {Secret} from '../../../source/domain/secret.js';
import {aws} from '../../../source/providers/aws/schema.js';
import {changeContent} from '../../../source/ui/content-change.js';
import type {Content} from '../../../source/vault/vault.js';
import {keyId, secretKey, storedCredential} from '../../helpers/credentials.js';
import {allKeys} from '../../helpers/keymap.js';
import {size} from '../../helpers/rounds.js';
import {freshState} from '../../helpers/state.js';

const foundCredential: FoundCredential = {
	provider: aws,
	data: storedCredential('x').data,
	label: 'prod',
	kind: 'aws',
	path: '/a',
};

const keys = allKeys.filter(key => key !== 'ctrl+c' && key !== 'q');
const eventArbitrary: fc.Arbitrary<Event> = fc.oneof(
	{weight: 12, arbitrary: fc.constantFrom(...keys).map(key => ({type: 'key', press: pressOf(key)}) as const)},
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
function answer(effect: Effect, content: Content, draft: Secret | undefined): readonly [Content, Event | undefined] {
	const now = new Date(0);
	try {
		switch (effect.type) {
			case 'unlock':
				return [content, {type: 'opened', stored: content, draft}];
			case 'add':
			case 'replace':
			case 'restore':
			case 'delete':
			case 'purge': {
				const {content: stored, result: change} = changeContent(effect, content, now);
				return [stored, {type: 'changed', change, stored}];
			}
			case 'copy':
				return [content, {type: 'copied', what: effect.what, secret: effect.secret, by: 'the clipboard', sure: true}];
			case 'clear-clipboard':
				return [content, {type: 'clipboard-cleared', result: 'cleared'}];
			case 'export':
				return [
					content,
					{type: 'exported', path: effect.path, format: effect.format, count: effect.credentials.length},
				];
			case 'write-manifest':
				return [
					content,
					{type: 'manifest-written', text: new Secret(maskedManifest(effect.credential, effect.hidden))},
				];
			case 'read-manifest': {
				const {text, basis, hidden, data} = effect;
				return [content, {type: 'manifest-read', content: withHidden(readEdited(text.reveal(), basis), hidden, data)}];
			}
			case 'look':
				return [content, {type: 'looked', look: {found: [foundCredential], refused: [], damaged: []}}];
			case 'read-file':
				return [content, {type: 'failed', during: 'read-file', failure: {code: 'file', message: 'no such file'}}];
			default:
				return [content, undefined];
		}
	} catch (error) {
		assert.ok(error instanceof PharmerError, String(error));
		const {code, message, hint} = error;
		return [content, {type: 'failed', during: effect.type, failure: {code, message, hint}, stored: content}];
	}
}

const runs = size(400, 4000);

test('random keys, pastes and resizes never throw, and delete nothing without the typed confirmation', test => {
	let count = 0;
	fc.assert(
		fc.property(fc.array(eventArbitrary, {minLength: 20, maxLength: 200}), events => {
			let content: Content = {credentials: ['one', 'two', 'three'].map(name => storedCredential(name)), trash: []};
			let state = freshState();
			const queue: Event[] = [{type: 'opened', stored: content}, ...events];
			let now = 0;
			let draft: Secret | undefined;
			for (let event = queue.shift(); event !== undefined; event = queue.shift()) {
				const before = state;
				count++;
				now += 50;
				const result = update(before, event, now);
				state = result.state;
				modeOf(state);
				for (const effect of result.effects) {
					if ((effect.type === 'delete' && !result.state.undoing) || effect.type === 'purge') {
						assert.ok(before.screen.kind === 'delete', before.screen.kind);
						assert.equal(lineText(before.screen.typed), confirmWord(before.screen));
						const ids = effect.bases.map(({id}) => id);
						assert.deepEqual(
							ids,
							before.screen.targets.map(({id}) => id),
						);
					}
					if (effect.type === 'lock') draft = effect.draft;
					if (effect.type === 'quit') return;
					const [next, reply] = answer(effect, content, draft);
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
		{numRuns: runs, seed: 20_261_124},
	);
	test.diagnostic(`${count} events in ${runs} runs`);
	assert.ok(count >= 25 * runs, `${count} events`);
});
