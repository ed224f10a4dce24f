import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {test} from 'node:test';
import fc from 'fast-check';
import type {ContentEffect} from '../../../source/app/core/effect.js';
import type {State} from '../../../source/app/core/state.js';
import {redoKey, undoKey} from '../../../source/app/core/undo.js';
import {onAnswer} from '../../../source/app/loop/answers.js';
import {settingsRoom} from '../../../source/app/screens/settings.js';
import {type Credential, contentOf} from '../../../source/domain/credential.js';
import {PharmerError} from '../../../source/domain/errors.js';
import {parseName} from '../../../source/domain/name.js';
import {Secret} from '../../../source/domain/secret.js';
import {changeContent} from '../../../source/ui/content-change.js';
import {replaceCredentials} from '../../../source/vault/operations.js';
import type {Content} from '../../../source/vault/vault.js';
import {awsContent} from '../../helpers/credentials.js';
import {size} from '../../helpers/rounds.js';
import {freshState} from '../../helpers/state.js';

/** The app over a vault in memory, without a screen. */
class Run {
	content: Content = {credentials: [], trash: []};
	state: State = {...freshState(), screen: {kind: 'list', filtering: false}};
	/** Seconds: each change has a time of its own. */
	#now = 0;

	/** Carries out an effect as the vault does, and hands its answer to the app. */
	perform(effect: ContentEffect): void {
		const answer = this.#answer(effect, new Date(Date.UTC(2026, 0, 1) + ++this.#now * 1000));
		const {credentials, trash} = this.content;
		this.state = onAnswer(this.state, {...answer, stored: {credentials, trash}}).state;
	}

	press({run}: typeof undoKey): void {
		const {state, effects} = run(this.state, this.state.screen);
		this.state = state;
		for (const effect of effects) this.perform(effect as ContentEffect);
	}

	#answer(effect: ContentEffect, now: Date) {
		try {
			const {content, result: change} = changeContent(effect, this.content, now);
			this.content = content;
			return {type: 'changed' as const, change};
		} catch (error) {
			if (!(error instanceof PharmerError)) throw error;
			const {code, message, hint} = error;
			return {type: 'failed' as const, during: effect.type, failure: {code, message, hint}};
		}
	}

	/** What a user sees of the credentials; a revision counts on. */
	seen(): readonly object[] {
		const seen = this.content.credentials.map(credential => ({
			...contentOf(credential),
			data: [...credential.data].map(([key, value]) => [key, value.reveal()]),
			id: credential.id,
			created: credential.created,
			changed: credential.changed,
		}));
		return seen.sort((one, other) => (one.id < other.id ? -1 : 1));
	}
}

type Action = {
	readonly kind: 'add' | 'edit' | 'rename' | 'label' | 'delete' | 'restore' | 'merge';
	readonly pick: number;
};

/** The effect of an action on a vault as it is now; undefined when there is nothing to act on. */
function effectOf({kind, pick}: Action, {credentials, trash}: Content, turn: number): ContentEffect | undefined {
	const few = credentials.filter((_, index) => (index + pick) % 3 === 0);
	const one = credentials[pick % Math.max(1, credentials.length)];
	if (kind === 'add') {
		const names = pick % 4 === 0 ? [`n${turn}`, `m${turn}`, `o${turn}`] : [`n${turn}`];
		return {type: 'add', contents: names.map(name => awsContent(name))};
	}
	if (kind === 'merge') return mergeOf(credentials, pick, turn);
	if (kind === 'restore') {
		const gone = trash[pick % Math.max(1, trash.length)];
		const isFree = gone !== undefined && !credentials.some(({name}) => name === gone.name);
		return isFree ? {type: 'restore', restorations: [{id: gone.id}]} : undefined;
	}
	if (kind === 'delete') return few.length === 0 ? undefined : {type: 'delete', bases: few};
	if (kind === 'label') {
		const replacements = few.map(basis => ({
			basis,
			next: {...contentOf(basis), labels: new Map([['turn', String(turn)]])},
		}));
		return few.length === 0 ? undefined : {type: 'replace', replacements};
	}
	if (one === undefined) return undefined;
	const next =
		kind === 'rename'
			? {...contentOf(one), name: parseName(`r${turn}`)}
			: {...contentOf(one), data: new Map([...one.data, ['secretAccessKey', new Secret(`secret ${turn}`)]])};
	return {type: 'replace', replacements: [{basis: one, next}]};
}

/** A merge of a vault that has grown from this one: names are exchanged, notes written, and one is new. */
function mergeOf(credentials: Content['credentials'], pick: number, turn: number): ContentEffect {
	const [first, second] = credentials;
	const theirs = credentials.map((each, index): Credential => {
		if (index < 2 && first !== undefined && second !== undefined)
			return {...each, name: index === 0 ? second.name : first.name};
		return index % 2 === 0 ? each : {...each, note: `note ${turn}`};
	});
	const time = '2025-01-01T00:00:00Z';
	const fresh = {...awsContent(`x${turn}`), id: randomUUID(), revision: 3, created: time, changed: time};
	const sides = ['mine', 'theirs', 'both'] as const;
	const sideOf = (index: number) => (pick % 2 === 0 ? 'theirs' : (sides[(index + pick) % 3] ?? 'mine'));
	const decisions = new Map(credentials.map((mine, index) => [mine.id, {side: sideOf(index), mine}]));
	return {type: 'merge', other: {credentials: [...theirs, fresh], trash: []}, decisions};
}

const actions = fc.array(
	fc.oneof(
		{weight: 3, arbitrary: fc.constant('undo' as const)},
		{weight: 2, arbitrary: fc.constant('redo' as const)},
		{
			weight: 6,
			arbitrary: fc.record({
				kind: fc.constantFrom('add', 'edit', 'rename', 'label', 'delete', 'restore', 'merge'),
				pick: fc.nat(60),
			}) as fc.Arbitrary<Action>,
		},
	),
	{minLength: 1, maxLength: 50},
);

test('z and Z give the very states of any sequence of changes', () => {
	fc.assert(
		fc.property(actions, sequence => {
			const run = new Run();
			let past: (readonly object[])[] = [];
			let future: (readonly object[])[] = [];
			for (const [turn, action] of sequence.entries()) {
				const before = run.seen();
				if (action === 'undo' || action === 'redo') {
					const isUndo = action === 'undo';
					const [expected, ...rest] = isUndo ? past : future;
					if (expected === undefined) continue;
					run.press(isUndo ? undoKey : redoKey);
					assert.equal(run.state.message?.kind, 'done', run.state.message?.text);
					assert.deepEqual(run.seen(), expected);
					if (isUndo) [past, future] = [rest, [before, ...future]];
					else [past, future] = [[before, ...past], rest];
					continue;
				}
				const effect = effectOf(action, run.content, turn);
				if (effect === undefined) continue;
				run.perform(effect);
				[past, future] = [[before, ...past], []];
			}
			for (const expected of past) {
				run.press(undoKey);
				assert.deepEqual(run.seen(), expected);
			}
			assert.deepEqual(run.seen(), []);
		}),
		{numRuns: size(200, 10_000)},
	);
});

/** A run in which these were added, and then its content as the app has it. */
function added(...names: readonly string[]): Run {
	const run = new Run();
	for (const name of names) run.perform({type: 'add', contents: [awsContent(name)]});
	return run;
}

const said = (run: Run): string => run.state.message?.text ?? '';

test('each undo and redo says what it did, and to which credential', () => {
	const run = added('prod', 'test');
	const [prod, test] = run.content.credentials;
	assert.ok(prod && test);
	run.perform({type: 'replace', replacements: [{basis: prod, next: {...contentOf(prod), name: parseName('live')}}]});
	run.perform({type: 'delete', bases: [test]});
	const lines: string[] = [];
	for (const key of [undoKey, undoKey, undoKey, undoKey, redoKey, redoKey, redoKey, redoKey]) {
		run.press(key);
		lines.push(said(run));
	}
	assert.deepEqual(lines, [
		'test is back; Z does it again, z next undoes the rename of live.',
		'prod has its name back, and is as it was before; Z does it again, z next undoes the new test.',
		'test was new; it is in the trash now; Z does it again, z next undoes the new prod.',
		'prod was new; it is in the trash now; Z does it again.',
		'prod is back; z undoes it.',
		'test is back; z undoes it.',
		'prod is called live again; z undoes it.',
		'test is in the trash again; z undoes it.',
	]);
});

test('a change after an undo leaves nothing to do again', () => {
	const run = added('prod');
	run.press(undoKey);
	assert.equal(run.state.redoable.length, 1);
	run.perform({type: 'add', contents: [awsContent('other')]});
	assert.deepEqual(run.state.redoable, []);
	assert.equal(redoKey.off?.(run.state, run.state.screen), 'nothing was undone');
});

test("a redo after another program's change is refused with its reason", () => {
	const run = added('prod');
	const [prod] = run.content.credentials;
	assert.ok(prod);
	run.perform({type: 'replace', replacements: [{basis: prod, next: {...contentOf(prod), note: 'mine'}}]});
	run.press(undoKey);
	const [now] = run.content.credentials;
	assert.ok(now);
	const theirs = {basis: now, next: {...contentOf(now), note: 'theirs'}};
	run.content = replaceCredentials(run.content, [theirs], new Date()).content;
	run.press(redoKey);
	assert.match(said(run), /`prod` was changed by somebody else meanwhile/);
	assert.equal(run.content.credentials[0]?.note, 'theirs');
	assert.deepEqual(run.state.redoable, []);
});

test('a purge is not taken back, nor is what was done before it without a word', () => {
	const run = added('prod');
	run.perform({type: 'delete', bases: run.content.credentials});
	run.perform({type: 'purge', bases: run.content.trash});
	run.press(undoKey);
	assert.equal(said(run), "A purge can't be undone; once more undoes the delete of prod.");
	assert.deepEqual(run.content.trash, []);
	run.press(undoKey);
	assert.equal(said(run), 'that credential is not in the trash any more');
});

test('a setting is not taken back, nor is what was done before it without a word, and what was undone can be done again', () => {
	const run = added('prod', 'test');
	run.press(undoKey);
	const settings = settingsRoom.keys.settings.find(({id}) => id === 'more');
	assert.ok(settings !== undefined);
	for (let time = 0; time < 2; time++)
		run.state = settings.run(run.state, {kind: 'settings', choice: 1, from: run.state.screen}).state;
	assert.equal(run.state.redoable.length, 1);
	run.press(undoKey);
	assert.equal(said(run), "A setting can't be undone with z: the settings change it; once more undoes the new prod.");
	assert.equal(run.content.credentials.length, 1);
	run.press(undoKey);
	assert.equal(run.content.credentials.length, 0);
});
