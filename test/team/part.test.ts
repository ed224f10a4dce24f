import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {apply, difference} from '../../source/team/merge/difference.js';
import {isNothing, partOf} from '../../source/team/part.js';
import {nothingShared} from '../../source/team/shared.js';
import {withJournal} from '../../source/vault/journals.js';
import {rotationOf} from '../helpers/journals.js';
import {contentWith, numbered, sharedOf} from '../helpers/shared.js';

const none: ReadonlySet<string> = new Set();
const large = (nth: number) =>
	numbered(nth, `c${nth}`, {data: new Map([['accessKeyID', new Secret('x'.repeat(100_000))]])});

test('what is under way goes with the fields that it is about, in as many parts as it takes', () => {
	const credentials = Array.from({length: 12}, (_, nth) => large(nth));
	const content = credentials.reduce((all, {id}) => withJournal(all, rotationOf(id)), contentWith(...credentials));
	let shared = nothingShared;
	let parts = 0;
	for (;;) {
		const {part} = partOf(difference(shared, content, none), shared);
		if (isNothing(part)) break;
		shared = apply(shared, part);
		parts++;
		assert.deepEqual([...shared.journals.keys()].sort(), [...shared.records.keys()].sort());
		assert.ok(parts < 12);
	}
	assert.ok(parts > 1);
	assert.deepEqual(shared, sharedOf(content));
});
