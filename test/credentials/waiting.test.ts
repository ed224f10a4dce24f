import assert from 'node:assert/strict';
import {test} from 'node:test';
import {careOf, careRows} from '../../source/credentials/care.js';
import {noLastUses} from '../../source/credentials/last-use.js';
import {waitingLines, waitingText, workNow} from '../../source/credentials/waiting.js';
import type {Journal} from '../../source/domain/journal.js';
import {namedWorks, workOf} from '../../source/domain/under-way-work.js';
import {awsContent, storedCredential} from '../helpers/credentials.js';
import {issueOf, revocationOf, rotationOf, worksOf} from '../helpers/journals.js';

const now = new Date('2026-11-29T12:00:00Z');
const at = (time: string) => `2026-11-29T${time}:00Z`;
const changed = '2026-11-20T00:00:00Z';
const token = (name: string) => ({
	...storedCredential(name, {changed}),
	data: awsContent(name, {secretAccessKey: `${name}`.padEnd(40, 'x')}).data,
});
const [prod, web, admin] = ['prod', 'web', 'admin'].map(token) as [
	ReturnType<typeof token>,
	ReturnType<typeof token>,
	ReturnType<typeof token>,
];
const credentials = [prod, web, admin];
const named = (...journals: readonly Journal[]) => namedWorks(worksOf(journals).values(), credentials);

test('every step that something can stop at is told, and the command that goes on', () => {
	for (const [journal, text, command] of [
		[rotationOf(prod.id), 'has a rotation that stopped before a new key was stored', 'rotate prod --resume'],
		[
			rotationOf(prod.id, {step: 'stored'}),
			'has a rotation that stopped before its new key was tried',
			'rotate prod --resume',
		],
		[
			rotationOf(prod.id, {step: 'verified'}),
			'has a rotation that stopped before its old key was switched off',
			'rotate prod --resume',
		],
		[
			rotationOf(prod.id, {step: 'off', until: at('11:59')}),
			'has an old key to delete since 2026-11-29 11:59 UTC',
			'rotate prod --resume',
		],
		[rotationOf(prod.id, {step: 'off'}), 'has an old key to delete', 'rotate prod --resume'],
		[
			rotationOf(prod.id, {step: 'undoing'}),
			'has a rotation that is taken back, which stopped',
			'rotate prod --resume',
		],
		[rotationOf(prod.id, {step: 'undone'}), 'has its old key again, and a new one to delete', 'rotate prod --resume'],
		[revocationOf(prod.id), 'has a revocation that stopped: its key may still work', 'revoke prod'],
		[revocationOf(prod.id, {step: 'off'}), 'is switched off at its provider, and not deleted there yet', 'revoke prod'],
	] as const) {
		assert.deepEqual(waitingLines(named(journal), now), [`\`prod\` ${text}: \`pharmer ${command}\` goes on`]);
		const care = careOf(prod, credentials, now, noLastUses, undefined, worksOf([journal]));
		assert.deepEqual(care, [{kind: 'rotation', badge: 'waits', text}]);
	}
});

test('what is being made is told by its name, and needs the care of whoever signs', () => {
	const journal = issueOf('none-yet', {
		admin: admin.id,
		made: new Map([
			['group', 'g'],
			['user', 'u'],
		]),
	});
	const text = 'was being made at Amazon Web Services, and stopped after group, user';
	assert.deepEqual(waitingLines(named(journal), now), [
		`\`made\` ${text}: \`pharmer issue made -p aws --with admin\` goes on`,
	]);
	const rows = careRows({credentials, uses: noLastUses, works: worksOf([journal]), now: now.getTime()});
	assert.deepEqual(
		rows.map(({credential, care}) => [credential.name, care.text]),
		[['admin', `signs for made, which ${text}`]],
	);
	const fresh = workOf(issueOf('none-yet', {made: new Map()}), false);
	assert.match(workNow(fresh, now).text, /stopped before anything was there$/);
});

test('a grace that runs, and what a process goes on with, wait for nobody', () => {
	const off = rotationOf(prod.id, {step: 'off', until: at('12:01')});
	const journals = [off, rotationOf(web.id), revocationOf(admin.id)];
	const works = worksOf(journals, web.id, admin.id);
	assert.deepEqual(waitingLines(namedWorks(works.values(), credentials), now), []);
	assert.equal(waitingText(namedWorks(works.values(), credentials), now), undefined);
	assert.deepEqual(careRows({credentials, uses: noLastUses, works, now: now.getTime()}), []);
	assert.deepEqual(
		[...works.values()].map(each => workNow(each, now).text),
		[
			'has an old key, which can be deleted from 2026-11-29 12:01 UTC on',
			'is being rotated right now',
			'is being revoked right now',
		],
	);
	const later = careRows({credentials, uses: noLastUses, works, now: Date.parse(at('12:01'))});
	assert.deepEqual(
		later.map(({credential, care}) => [credential.name, care.text]),
		[['prod', 'has an old key to delete since 2026-11-29 12:01 UTC']],
		'the same works, a minute later',
	);
});

test('what waits comes after what does not work any more, and before what only will', () => {
	const dated = (name: string, expires: string) => ({...token(name), expires});
	const all = [dated('soon', '2026-12-02'), prod, dated('over', '2026-11-01')];
	const both = rotationOf('id-of-soon');
	const rows = careRows({
		credentials: all,
		uses: noLastUses,
		works: worksOf([rotationOf(prod.id), both]),
		now: now.getTime(),
	});
	assert.deepEqual(
		rows.map(({credential, care}) => [credential.name, care.kind]),
		[
			['over', 'expired'],
			['soon', 'rotation'],
			['prod', 'rotation'],
			['soon', 'expires'],
		],
	);
	const soon = careOf(all[0] ?? assert.fail(), all, now, noLastUses, undefined, worksOf([both]));
	assert.deepEqual(
		soon.map(({kind}) => kind),
		['rotation', 'expires'],
	);
});

test('what waits is put into a few words', () => {
	const text = (...journals: readonly Journal[]) => waitingText(named(...journals), now);
	assert.equal(text(), undefined);
	assert.equal(text(rotationOf(prod.id)), 'the rotation of prod waits');
	assert.equal(text(rotationOf(prod.id), rotationOf(web.id)), 'the rotation of prod, web waits');
	assert.equal(text(rotationOf(prod.id), revocationOf(web.id)), 'what was begun for prod, web waits');
	assert.equal(text(rotationOf('gone')), 'the rotation of a credential that is gone waits');
});
