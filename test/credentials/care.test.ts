import assert from 'node:assert/strict';
import {test} from 'node:test';
import {careOf, careRows} from '../../source/credentials/care.js';
import {noLastUses} from '../../source/credentials/last-use.js';
import {secretDays, secretSince} from '../../source/credentials/secret-since.js';
import {storedCredential} from '../helpers/credentials.js';

const now = new Date('2026-11-29T12:00:00Z');

test('a secret is old 90 days after it became what it is, whatever else was changed since', () => {
	const careFor = (changed: string, since?: string) => {
		const credential = storedCredential('prod', {changed, ...(since === undefined ? {} : {secretSince: since})});
		assert.equal(secretSince(credential), since ?? changed);
		return careOf(credential, [credential], now, noLastUses).map(({kind, text}) => [kind, text]);
	};
	const yesterday = '2026-11-28T12:00:00Z';
	assert.deepEqual(careFor(yesterday), []);
	assert.deepEqual(careFor(yesterday, '2026-08-31T12:00:00Z'), [], '90 days');
	assert.deepEqual(careFor(yesterday, '2026-08-30T12:00:00Z'), [['old', 'has had the same secret for 91 days']]);
	assert.deepEqual(careFor('2026-08-30T12:00:00Z'), [['old', 'has not been changed for 91 days']]);
	assert.equal(secretDays({changed: yesterday, secretSince: '2026-11-01T13:00:00Z'}, now), 27);
});

test('what somebody who was removed could read needs care until it is another one', () => {
	const one = storedCredential('one');
	const two = storedCredential('two', {id: '22222222-2222-4222-8222-222222222222'});
	const exposed = new Map([[two.id, ['ana-old', 'job']]]);
	const rows = careRows({credentials: [one, two], uses: noLastUses, exposed, now: Date.parse(one.created)});
	assert.deepEqual(
		rows.filter(({care}) => care.kind === 'exposed').map(({credential, care}) => [credential.name, care.text]),
		[['two', 'could be read by `ana-old` and `job`, who were removed']],
	);
	const cares = careOf(two, [one, two], new Date(one.created), noLastUses, undefined, undefined, exposed);
	assert.equal(cares[0]?.kind, 'exposed');
	assert.equal(
		careRows({credentials: [one, two], uses: noLastUses, now: Date.parse(one.created)})[0]?.care.kind,
		'shared',
	);
});
