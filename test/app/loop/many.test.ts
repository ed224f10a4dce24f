import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Effect} from '../../../source/app/core/effect.js';
import type {Event} from '../../../source/app/core/event.js';
import type {State} from '../../../source/app/core/state.js';
import {pressOf} from '../../../source/app/input/keys.js';
import {update} from '../../../source/app/loop/update.js';
import type {Credential} from '../../../source/domain/credential.js';
import {PharmerError} from '../../../source/domain/errors.js';
import {parseName} from '../../../source/domain/name.js';
import {Secret} from '../../../source/domain/secret.js';
import {findProvider} from '../../../source/providers/catalog.js';
import {changeContent} from '../../../source/ui/vault-session.js';
import {
	addCredentials,
	deleteCredentials,
	purgeTrash,
	replaceCredentials,
	restoreCredentials,
} from '../../../source/vault/operations.js';
import type {Content} from '../../../source/vault/vault.js';
import {growth, mostGrowth} from '../../helpers/cost.js';
import {storedCredential} from '../../helpers/credentials.js';
import {freshState} from '../../helpers/state.js';

const now = new Date(0);

/** A vault in a variable: it answers an effect at once, as the app's runner does. */
function answer(effect: Effect, content: Content): {readonly content: Content; readonly event: Event} | undefined {
	switch (effect.type) {
		case 'add':
		case 'replace':
		case 'delete':
		case 'restore':
		case 'purge': {
			const {content: stored, result: change} = changeContent(effect, content, now);
			return {content: stored, event: {type: 'changed', change, stored}};
		}
		case 'export':
			return {content, event: {type: 'exported', path: effect.path, count: effect.credentials.length}};
		default:
			return undefined;
	}
}

/** The app and its vault after those events and keys, what each asks of the vault done at once. */
function after(
	content: Content,
	events: readonly (Event | string)[],
): {readonly state: State; readonly content: Content} {
	let [state, vault] = [freshState(), content];
	const queue: (Event | string)[] = [{type: 'opened', stored: content}, ...events];
	for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
		const event: Event = typeof next === 'string' ? {type: 'key', press: pressOf(next)} : next;
		const {state: changed, effects} = update(state, event, now.getTime());
		state = changed;
		for (const effect of effects) {
			const answered = answer(effect, vault);
			if (answered === undefined) continue;
			vault = answered.content;
			queue.unshift(answered.event);
		}
	}
	assert.notEqual(state.screen.kind, 'unlock');
	return {state, content: vault};
}

function many(count: number): readonly Credential[] {
	return Array.from({length: count}, (_, index) =>
		storedCredential(`service-${index}`, {data: new Map([['token', new Secret(`secret-${index}`)]])}),
	);
}

const typed = (text: string): Event => ({type: 'paste', text});

/** What is done to all of so many credentials: its keys, and what the vault holds then in numbers. */
const tasks: Readonly<Record<string, (count: number) => readonly (Event | string)[]>> = {
	'a label for all': () => ['a', 't', typed('bulk=1'), 'enter'],
	'a label taken back': () => ['a', 't', typed('bulk=1'), 'enter', 'z'],
	'a label done again': () => ['a', 't', typed('bulk=1'), 'enter', 'z', 'Z'],
	'two labels, the last taken back': () => ['a', 't', typed('a=1'), 'enter', 'a', 't', typed('b=1'), 'enter', 'z'],
	'a delete of all': count => ['a', 'd', typed(`delete ${count}`), 'enter'],
	'a delete taken back': count => ['a', 'd', typed(`delete ${count}`), 'enter', 'z'],
	'a delete done again': count => ['a', 'd', typed(`delete ${count}`), 'enter', 'z', 'Z'],
	'a purge of all': count => ['a', 'd', typed(`delete ${count}`), 'enter', 'T', 'D', typed(`purge ${count}`), 'enter'],
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

for (const [name, keys] of Object.entries(tasks)) {
	test(`the time grows linearly with the number of credentials: ${name}`, () => {
		const vaults = new Map([250, 4000].map(count => [count, {credentials: many(count), trash: []}]));
		const factor = growth(count => after(vaults.get(count) ?? assert.fail(), keys(count)), 250);
		assert.ok(factor < mostGrowth, `${factor.toFixed(0)} times`);
	});
}

test('a label, delete, undo, purge or import of many reaches every credential', () => {
	const content = {credentials: many(300), trash: []};
	const keysOf = (name: string): readonly (Event | string)[] => tasks[name]?.(300) ?? assert.fail(name);
	const labelled = after(content, keysOf('a label for all')).content;
	assert.ok(labelled.credentials.every(({labels, revision}) => labels.get('bulk') === '1' && revision === 2));
	assert.deepEqual(
		labelled.credentials.map(({id}) => id),
		content.credentials.map(({id}) => id),
	);
	const back = after(content, [...keysOf('two labels, the last taken back'), 'z']).content;
	assert.ok(back.credentials.every(({labels, revision}) => labels.size === 0 && revision === 5));
	const again = after(content, keysOf('a label done again')).content;
	assert.ok(again.credentials.every(({labels, revision}) => labels.get('bulk') === '1' && revision === 4));
	assert.equal(after(content, keysOf('a delete done again')).content.trash.length, 300);
	assert.equal(after(content, keysOf('a delete of all')).content.trash.length, 300);
	assert.equal(after(content, keysOf('a delete taken back')).content.credentials.length, 300);
	assert.equal(after(content, keysOf('a purge of all')).content.trash.length, 0);
	assert.equal(after(content, keysOf('an import of as many')).content.credentials.length, 600);
});

/** How often ids and names of a vault of so many are read by an operation on all of them. */
function reads(count: number, operation: (content: Content, all: readonly Credential[]) => unknown): number {
	let sum = 0;
	const read = <Value>(value: Value): Value => {
		sum++;
		return value;
	};
	const counted = many(count).map(credential =>
		Object.defineProperties(
			{...credential, deleted: '2026-11-20T00:00:00Z'},
			{
				id: {enumerable: true, get: () => read(credential.id)},
				name: {enumerable: true, get: () => read(credential.name)},
			},
		),
	);
	operation({credentials: counted, trash: []}, many(count));
	operation({credentials: [], trash: counted}, many(count));
	return sum;
}

test('an operation on 200 credentials reads at most 24 ids and names for each', () => {
	const quietly = (task: () => unknown): void => {
		try {
			task();
		} catch (error) {
			// They are not all in a vault that is empty.
			if (!(error instanceof PharmerError)) throw error;
		}
	};
	const operations: Readonly<Record<string, Parameters<typeof reads>[1]>> = {
		add: (content, all) =>
			addCredentials(
				content,
				all.map(each => ({...each, name: parseName(`new-${each.name}`)})),
				now,
			),
		replace: (content, all) =>
			quietly(() =>
				replaceCredentials(
					content,
					all.map(basis => ({basis, next: {...basis, note: 'changed'}})),
					now,
				),
			),
		delete: (content, all) => quietly(() => deleteCredentials(content, all, now)),
		restore: (content, all) =>
			quietly(() =>
				restoreCredentials(
					content,
					all.map(({id}) => ({id})),
					now,
				),
			),
		purge: (content, all) => purgeTrash(content, all),
	};
	for (const [name, operation] of Object.entries(operations)) {
		const sum = reads(200, operation);
		assert.ok(sum <= 200 * 24, `${name}: ${sum} reads`);
	}
});
