import assert from 'node:assert/strict';
import {test} from 'node:test';
import {contentOf} from '../../source/domain/credential.js';
import {difference} from '../../source/team/merge/difference.js';
import {mergeShared} from '../../source/team/merge/merge.js';
import {deleteCredentials, replaceCredentials} from '../../source/vault/operations.js';
import type {Content} from '../../source/vault/vault.js';
import {lookupsOf, searchedOf} from '../helpers/counted.js';
import {contentWith, mergedAt, numbered, sharedOf} from '../helpers/shared.js';

const none: ReadonlySet<string> = new Set();
const options = {now: mergedAt, notShared: none};
const many = (count: number): Content =>
	contentWith(...Array.from({length: count}, (_, nth) => numbered(nth, `credential-${nth}`)));

/** All but each fourth one changed, or each fourth one deleted. */
function busy(content: Content, note: string): Content {
	const [gone, left] = [content.credentials.filter((_, nth) => nth % 4 === 0), content.credentials];
	const changed = left.filter((_, nth) => nth % 4 > 0);
	const replacements = changed.map(basis => ({basis, next: {...contentOf(basis), note}}));
	const {content: replaced} = replaceCredentials(content, replacements, mergedAt);
	return deleteCredentials(replaced, gone, mergedAt).content;
}

test('merging 10,000 with 10,000 is linear, whatever both have changed', async () => {
	const work = (count: number) => {
		const base = many(count);
		const [theirs, mine] = [busy(base, 'theirs'), busy({...base, credentials: base.credentials.toReversed()}, 'mine')];
		const [before, after] = [sharedOf(base), sharedOf(theirs)];
		return () => {
			const {content} = mergeShared(before, after, mine, options);
			return difference(after, content, none);
		};
	};
	for (const costOf of [lookupsOf, searchedOf]) {
		const [few, most] = [await costOf(work(1000)), await costOf(work(10_000))];
		assert.ok(most <= 11 * few, `${costOf.name}: ${few} for 1000, ${most} for 10,000`);
	}
});

test('of 10,000 only what has changed is made anew, and nothing where nothing comes in', () => {
	const base = many(10_000);
	const [credential] = base.credentials.slice(5000);
	assert.ok(credential !== undefined);
	const next = {...contentOf(credential), note: 'theirs'};
	const theirs = replaceCredentials(base, [{basis: credential, next}], mergedAt).content;
	const {content} = mergeShared(sharedOf(base), sharedOf(theirs), base, options);
	const made = content.credentials.filter((each, nth) => each !== base.credentials[nth]);
	assert.deepEqual(
		made.map(({id, note}) => [id, note]),
		[[credential.id, 'theirs']],
	);
	assert.equal(mergeShared(sharedOf(base), sharedOf(theirs), content, options).content, content);
});
