import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {Credential} from '../../source/domain/credential.js';
import {PharmerError} from '../../source/domain/errors.js';
import type {OpenConflict} from '../../source/domain/team.js';
import {apply, difference} from '../../source/team/merge/difference.js';
import {workIn} from '../../source/team/merge/journals.js';
import {mergeShared} from '../../source/team/merge/merge.js';
import {partsOf} from '../../source/team/merge/parts.js';
import {resolveConflict, stillOpen} from '../../source/team/merge/resolve.js';
import {isNothing} from '../../source/team/part.js';
import {nothingShared, type Shared} from '../../source/team/shared.js';
import {contentText} from '../../source/vault/format/content.js';
import {allContents} from '../../source/vault/history/history.js';
import {journalLines} from '../../source/vault/journals.js';
import type {Content} from '../../source/vault/vault.js';
import {size} from '../helpers/rounds.js';
import {after, anyHistories, type Histories, isInStep, isWhole, type Step, steps} from '../helpers/team-histories.js';

const now = new Date('2026-11-30T12:00:00Z');
const notShared: ReadonlySet<string> = new Set();
const options = {now, notShared};

/** One shares, the other merges and shares, and the first one takes that. */
function met({base, one, other}: Histories) {
	const first = apply(nothingShared, difference(nothingShared, base, notShared));
	const second = apply(first, difference(first, one, notShared));
	const merged = mergeShared(first, second, other, options);
	const third = apply(second, difference(second, merged.content, notShared));
	const taken = mergeShared(second, third, one, options);
	return {first, second, third, merged, taken};
}

const numRuns = size(500, 10_000);

test('two that share what they did to the same vault have the same in the end', () => {
	fc.assert(
		fc.property(anyHistories, histories => {
			const {first, second, third, merged, taken} = met(histories);
			for (const {content} of [merged, taken]) {
				contentText(content);
				assert.ok(isNothing(difference(third, content, notShared)), 'has what all have');
			}
			assert.deepEqual(taken.result.conflicts, [], 'nobody made another conflict');
			const again = mergeShared(first, second, merged.content, options);
			assert.equal(again.content, merged.content, 'the same once more');
			assert.deepEqual(again.result.conflicts, []);
			assert.equal(mergeShared(second, third, taken.content, options).content, taken.content);
			for (const {content} of [merged, taken])
				assert.deepEqual(mergeShared(third, third, content, options), {content, result: {conflicts: [], said: []}});
			const idle = mergeShared(first, first, histories.other, options);
			assert.deepEqual(idle, {content: histories.other, result: {conflicts: [], said: []}});
			assert.equal(idle.content, histories.other);
		}),
		{numRuns},
	);
});

test('what signs in is never of two writes, and what is under way is about the keys that are there', () => {
	fc.assert(
		fc.property(anyHistories, histories => {
			const {merged, taken} = met(histories);
			for (const {content} of [merged, taken]) {
				for (const each of allContents(content)) assert.ok(isWhole(each), each.name);
				assert.ok(isInStep(content));
			}
		}),
		{numRuns},
	);
});

const texts = (credential: Pick<Credential, 'id'> & Parameters<typeof partsOf>[0]): readonly string[] =>
	[...partsOf(credential)].map(([part, value]) => `${credential?.id} ${part} ${value.reveal()}`);
const textsIn = (content: Content): readonly string[] =>
	(allContents(content) as readonly Credential[]).flatMap(each => texts(each));
const textsOf = (conflicts: readonly OpenConflict[]): readonly string[] =>
	conflicts.flatMap(({id, mine}) => [...mine].map(([part, value]) => `${id} ${part} ${value.reveal()}`));
const workOf = (content: Content): readonly string[] =>
	[...(journalLines(content)?.values() ?? [])].map(line => `${workIn(line)}`);

test('what either of both has is in the content, in a conflict, in a version or in the trash', () => {
	fc.assert(
		fc.property(anyHistories, histories => {
			const {merged, taken} = met(histories);
			const kept = new Set([
				...textsIn(merged.content),
				...textsIn(taken.content),
				...textsOf(merged.result.conflicts),
			]);
			for (const each of histories.base.credentials) for (const text of texts(each)) kept.add(text);
			for (const each of [...histories.one.credentials, ...histories.other.credentials])
				for (const text of texts(each)) assert.ok(kept.has(text), text);
			const work = new Set([
				...workOf(taken.content),
				...merged.result.conflicts.flatMap(({mine}) => workIn(mine.get('journal')?.reveal()) ?? []),
			]);
			const common = new Set(workOf(histories.base));
			for (const line of [...workOf(histories.one), ...workOf(histories.other)])
				assert.ok(work.has(line) || common.has(line), line);
		}),
		{numRuns},
	);
});

/** One of some devices, with what all had in common when it met the others last. */
type Device = {base: Shared; content: Content; conflicts: readonly OpenConflict[]};

/** Takes in what is shared, and gives back what all have in common after it. */
function meet(device: Device, shared: Shared): Shared {
	const {content, result} = mergeShared(device.base, shared, device.content, options);
	device.content = content;
	device.conflicts = [...device.conflicts, ...result.conflicts].filter(each => stillOpen(each, content));
	device.base = apply(shared, difference(shared, content, notShared));
	return device.base;
}

/** Resolves a conflict, unless that is refused. */
function resolve(device: Device, side: 'mine' | 'theirs'): void {
	const [conflict, ...others] = device.conflicts;
	if (conflict === undefined) return;
	try {
		device.content = resolveConflict(device.content, conflict, side, now).content;
		assert.ok(side === 'theirs' || !stillOpen(conflict, device.content), 'is over');
		device.conflicts = others;
	} catch (error) {
		assert.ok(error instanceof PharmerError && ['busy', 'exists'].includes(error.code), String(error));
		device.conflicts = [...others, conflict];
	}
}

const anyTurns: fc.Arbitrary<readonly (readonly [who: number, act: number, what: readonly Step[]])[]> = fc.array(
	fc.tuple(fc.nat({max: 2}), fc.nat({max: 5}), steps(3)),
	{maxLength: 20},
);

test('three that meet now and then, and resolve their conflicts, end with the same', () => {
	fc.assert(
		fc.property(anyHistories, anyTurns, ({base}, turns) => {
			let shared = apply(nothingShared, difference(nothingShared, base, notShared));
			const devices = [1, 2, 3].map((): Device => ({base: shared, content: base, conflicts: []}));
			for (const [nth, [who, act, what]] of turns.entries()) {
				const device = devices[who];
				assert.ok(device !== undefined);
				if (act < 2) device.content = after(device.content, what, `${'abc'[who]}${nth}x`);
				else if (act < 4) shared = meet(device, shared);
				else resolve(device, act === 4 ? 'mine' : 'theirs');
				for (const each of allContents(device.content)) assert.ok(isWhole(each), each.name);
				assert.ok(isInStep(device.content));
				contentText(device.content);
			}
			for (const device of [...devices, ...devices]) shared = meet(device, shared);
			for (const {content} of devices) assert.ok(isNothing(difference(shared, content, notShared)));
		}),
		{numRuns},
	);
});
