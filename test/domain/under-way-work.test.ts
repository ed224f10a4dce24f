import assert from 'node:assert/strict';
import {test} from 'node:test';
import {inspect} from 'node:util';
import {withoutKeys, workOf} from '../../source/domain/under-way-work.js';
import {issueOf, revocationOf, rotationOf} from '../helpers/journals.js';

test('without the ids of keys nothing under way names one, whatever it is', () => {
	for (const journal of [rotationOf, issueOf, revocationOf]) {
		const work = workOf({...journal('a'), freshId: 'AKIANEW'} as ReturnType<typeof journal>, false);
		assert.doesNotMatch(inspect(withoutKeys(work)), /AKIA/);
		assert.equal(withoutKeys(work).kind, work.kind);
	}
});
