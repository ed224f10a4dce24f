import assert from 'node:assert/strict';
import {test} from 'node:test';
import {careOf, careRows} from '../../source/credentials/care.js';
import {dataDigest} from '../../source/credentials/data-digest.js';
import {noLastUses} from '../../source/credentials/last-use.js';
import {assertQuery, findCredentials, standings} from '../../source/credentials/query.js';
import {
	keptVerdicts,
	noVerdicts,
	type SaidVerdict,
	verdictMeaning,
	verdictNow,
	withKept,
	withSaid,
} from '../../source/credentials/standing.js';
import type {Credential} from '../../source/domain/credential.js';
import {Secret} from '../../source/domain/secret.js';
import {type KeptVerdict, verdictWords} from '../../source/domain/verdict.js';
import {storedCredential} from '../helpers/credentials.js';

const now = new Date('2026-11-29T12:00:00Z');
const fresh = {created: '2026-11-01T00:00:00Z', changed: '2026-11-01T00:00:00Z'};
const prod = storedCredential('prod', fresh);
const other = storedCredential('other', {...fresh, data: new Map([['token', new Secret('x')]]), provider: 'generic'});

function said(credential: Credential, is: KeptVerdict['is'], more: Partial<SaidVerdict> = {}): SaidVerdict {
	return {
		id: credential.id,
		digest: dataDigest(credential),
		is,
		why: 'why',
		who: {},
		host: 'host',
		at: '2026-11-29T11:00:00Z',
		isOfProvider: !['unreachable', 'unsupported', 'unknown'].includes(is),
		...more,
	};
}

test('a verdict is of the data that it was asked with', () => {
	const verdicts = keptVerdicts([said(prod, 'valid')]);
	assert.equal(verdictNow(prod, verdicts, now)?.badge, 'valid');
	assert.equal(verdictNow(prod, verdicts, now)?.ago, '1 hour ago');
	assert.equal(verdictNow({...prod, note: 'other'}, verdicts, now)?.is, 'valid');
	assert.equal(verdictNow({...prod, data: new Map([['accessKeyID', new Secret('x')]])}, verdicts, now), undefined);
	assert.equal(verdictNow(other, verdicts, now), undefined);
});

test('no digest is made of data that nobody was asked about', () => {
	let revealed = 0;
	class Counted extends Secret {
		override reveal(): string {
			revealed++;
			return super.reveal();
		}
	}
	const all = Array.from({length: 10_000}, (_, index) =>
		storedCredential(`n${index}`, {data: new Map([['token', new Counted(`${index}`)]]), provider: 'generic'}),
	);
	const verdicts = keptVerdicts([said(prod, 'valid')]);
	assert.equal(findCredentials(all, 'is:valid', now, verdicts).length, 0);
	assert.equal(findCredentials(all, 'is:unverified', now, verdicts).length, 10_000);
	const [first] = all;
	assert.ok(first);
	const before = revealed;
	const known = keptVerdicts([said(first, 'valid')]);
	const digested = revealed;
	for (let turn = 0; turn < 3; turn++) assert.equal(findCredentials(all, 'is:valid', now, known).length, 1);
	assert.deepEqual([digested - before, revealed - digested], [1, 0]);
});

test('a verdict of more than 30 days, and one whose credential has ended since, may be over', () => {
	const badge = (is: KeptVerdict['is'], more: Partial<SaidVerdict>): string | undefined =>
		verdictNow(prod, keptVerdicts([said(prod, is, more)]), now)?.badge;
	assert.equal(badge('valid', {at: '2026-10-30T12:00:00Z'}), 'valid');
	assert.equal(badge('valid', {at: '2026-10-30T11:59:59Z'}), 'valid?');
	assert.equal(badge('invalid', {at: '2026-01-01T00:00:00Z'}), 'invalid?');
	assert.equal(badge('valid', {expires: '2026-11-29T11:30:00Z'}), 'valid?');
	assert.equal(badge('valid', {expires: '2026-11-29T12:30:00Z'}), 'valid');
});

test('what nobody has decided is shown before what the provider has, and takes nothing from it', () => {
	const verdicts = withSaid(keptVerdicts([said(prod, 'invalid')]), [said(prod, 'unreachable')]);
	assert.equal(verdictNow(prod, verdicts, now)?.is, 'unreachable');
	assert.deepEqual(
		careOf(prod, [prod], now, noLastUses, verdicts).map(({kind, badge}) => [kind, badge]),
		[['refused', 'invalid']],
	);
	assert.equal(findCredentials([prod], 'is:invalid', now, verdicts).length, 1);
	assert.equal(findCredentials([prod], 'is:unreachable', now, verdicts).length, 1);
	const again = withSaid(verdicts, [said(prod, 'valid')]);
	assert.equal(verdictNow(prod, again, now)?.is, 'valid');
	assert.deepEqual(careOf(prod, [prod], now, noLastUses, again), []);
});

test('of what the vault keeps and what was said since, the newer counts; nothing new changes nothing', () => {
	const known = withSaid(noVerdicts, [said(prod, 'valid')]);
	assert.equal(withKept(known, [said(prod, 'valid')]), known);
	assert.equal(withKept(known, [said(prod, 'invalid', {at: '2026-11-29T10:00:00Z'})]), known);
	const newer = withKept(known, [said(prod, 'invalid', {at: '2026-11-29T11:30:00Z'})]);
	assert.equal(verdictNow(prod, newer, now)?.is, 'invalid');
});

test('what a provider refuses needs care first, whatever it calls it', () => {
	for (const is of verdictWords) {
		const verdicts = withSaid(noVerdicts, [said(prod, is, {isOfProvider: true})]);
		const [row] = careRows({credentials: [prod], uses: noLastUses, verdicts, now: now.getTime()});
		const isRefused = ['invalid', 'expired', 'disabled'].includes(is);
		assert.equal(row?.care.text, isRefused ? `is ${is}, as its provider said 1 hour ago: why` : undefined, is);
		assert.match(verdictMeaning(is), /^[a-z].*[^.]$/);
	}
});

test('is: finds every verdict and what no provider has said anything of, and is checked', () => {
	for (const is of verdictWords) {
		const verdicts = withSaid(noVerdicts, [said(prod, is)]);
		const names = (query: string) => findCredentials([prod, other], query, now, verdicts).map(({name}) => `${name}`);
		assert.deepEqual(names(`is:${is}`), ['prod']);
		assert.deepEqual(names(`-is:${is}`), ['other']);
		const isDecided = !['unreachable', 'unsupported', 'unknown'].includes(is);
		assert.deepEqual(names('is:unverified'), isDecided ? ['other'] : ['prod', 'other']);
		assert.equal(names('is:inv').length, 2, 'half a word narrows nothing yet');
		assert.equal(names('-is:inv').length, 2);
		assert.deepEqual([names('is:never'), names('expires:never')], [[], []], 'what is no word finds nothing');
	}
	for (const word of standings) assertQuery(`is:${word}`);
	assert.throws(() => assertQuery('prod is:good'), /`is:good` is not a filter/);
});
