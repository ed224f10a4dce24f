import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {Credential} from '../../source/domain/credential.js';
import type {OpenConflict} from '../../source/domain/team.js';
import {apply, difference} from '../../source/team/merge/difference.js';
import {workIn} from '../../source/team/merge/journals.js';
import {mergeShared} from '../../source/team/merge/merge.js';
import {partsOf} from '../../source/team/merge/parts.js';
import {isNothing} from '../../source/team/part.js';
import {nothingShared} from '../../source/team/shared.js';
import {contentText} from '../../source/vault/format/content.js';
import {allContents} from '../../source/vault/history/history.js';
import {journalLines} from '../../source/vault/journals.js';
import type {Content} from '../../source/vault/vault.js';
import {size} from '../helpers/rounds.js';
import {anyHistories, type Histories, isWhole} from '../helpers/team-histories.js';

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

const numRuns = size(2000, 10_000);

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

test('what signs in is never of two writes', () => {
	fc.assert(
		fc.property(anyHistories, histories => {
			const {merged, taken} = met(histories);
			for (const {content} of [merged, taken]) {
				for (const each of allContents(content)) assert.ok(isWhole(each), each.name);
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
