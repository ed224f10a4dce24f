import assert from 'node:assert/strict';
import type {Effect} from '../../source/app/core/effect.js';
import type {Event} from '../../source/app/core/event.js';
import type {State} from '../../source/app/core/state.js';
import {pressOf} from '../../source/app/input/keys.js';
import {update} from '../../source/app/loop/update.js';
import type {Credential} from '../../source/domain/credential.js';
import {Secret} from '../../source/domain/secret.js';
import {findProvider} from '../../source/providers/catalog.js';
import {changeContent} from '../../source/ui/content-change.js';
import type {Content} from '../../source/vault/vault.js';
import {storedCredential} from './credentials.js';
import {freshState} from './state.js';

export const now = new Date(0);

/** A vault in a variable: it answers an effect at once, as the app's runner does. */
function answer(
	effect: Effect,
	content: Content,
	seen: (content: Content) => Content,
): {readonly content: Content; readonly event: Event} | undefined {
	switch (effect.type) {
		case 'add':
		case 'replace':
		case 'delete':
		case 'restore':
		case 'purge': {
			const {content: changed, result: change} = changeContent(effect, content, now);
			const stored = seen(changed);
			return {content: stored, event: {type: 'changed', change, stored}};
		}
		case 'draw':
			return {content, event: {type: 'drawn'}};
		case 'export':
			return {
				content,
				event: {type: 'exported', path: effect.path, format: effect.format, count: effect.credentials.length},
			};
		default:
			return undefined;
	}
}

/**
 * The app and its vault after those events and keys, what each asks of the vault done at once, and what it asked. What
 * the vault holds goes through `seen` before anybody reads it.
 */
export function after(
	content: Content,
	events: readonly (Event | string)[],
	seen: (content: Content) => Content = same => same,
): {readonly state: State; readonly content: Content; readonly asked: readonly Effect['type'][]} {
	let [state, vault] = [freshState(), seen(content)];
	const asked: Effect['type'][] = [];
	const queue: (Event | string)[] = [{type: 'opened', stored: vault}, ...events];
	for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
		const event: Event = typeof next === 'string' ? {type: 'key', press: pressOf(next)} : next;
		const {state: changed, effects} = update(state, event, now.getTime());
		state = changed;
		for (const effect of effects) {
			asked.push(effect.type);
			const answered = answer(effect, vault, seen);
			if (answered === undefined) continue;
			vault = answered.content;
			queue.unshift(answered.event);
		}
	}
	assert.notEqual(state.screen.kind, 'unlock');
	return {state, content: vault, asked};
}

/** So many credentials with secrets of their own. */
export function many(count: number): readonly Credential[] {
	return Array.from({length: count}, (_, index) =>
		storedCredential(`service-${index}`, {data: new Map([['token', new Secret(`secret-${index}`)]])}),
	);
}

const typed = (text: string): Event => ({type: 'paste', text});

/** What is done to all of so many credentials: its keys, and what the vault holds then in numbers. */
export const tasks: Readonly<Record<string, (count: number) => readonly (Event | string)[]>> = {
	'a label for all': () => ['a', 't', typed('bulk=1'), 'enter'],
	'a label taken back': () => ['a', 't', typed('bulk=1'), 'enter', 'z'],
	'a label done again': () => ['a', 't', typed('bulk=1'), 'enter', 'z', 'Z'],
	'two labels, the last taken back': () => ['a', 't', typed('a=1'), 'enter', 'a', 't', typed('b=1'), 'enter', 'z'],
	'a delete of all': () => ['a', 'd', 'y'],
	'a delete taken back': () => ['a', 'd', 'y', 'z'],
	'a delete done again': () => ['a', 'd', 'y', 'z', 'Z'],
	'a purge of all': count => ['a', 'd', 'y', 'T', 'D', typed(`purge ${count}`), 'enter'],
	'an export of all': () => ['a', 'x', 'enter'],
	'an import of as many': count => [
		'i',
		{
			type: 'looked',
			look: {
				found: many(count).map(({name, data}) => ({
					provider: findProvider('generic') ?? assert.fail(),
					data: new Map([...data].map(([key, value]) => [key, new Secret(`other ${value.reveal()}`)])),
					label: `new-${name}`,
					kind: 'file',
					path: `/home/keys/${name}`,
				})),
				refused: [],
				damaged: [],
			},
		},
		'enter',
	],
};
