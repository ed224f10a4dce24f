import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bindingFor} from '../../../source/app/keyboard/focus.js';
import {lock} from '../../../source/app/session/lock.js';
import {announcements} from '../../../source/app/spoken/announcements.js';
import {promptLine} from '../../../source/app/spoken/prompt-line.js';
import {spokenScreen} from '../../../source/app/spoken/screen.js';
import {inventedConflict, inventedExposed, inventedTeam, synced} from '../../helpers/invented-team.js';
import {later, openedApp, played} from '../../helpers/played.js';

const reason = (state: ReturnType<typeof openedApp>, key: string): string | undefined =>
	bindingFor(state, key)?.off?.(state, state.screen);

test('only an admin changes the members, and others hear why not', () => {
	const [, , ben] = inventedTeam.members;
	const writer = played(openedApp(), synced({self: ben}), 'M');
	for (const key of ['a', 'd', 'e'])
		assert.equal(reason(writer, key), 'an admin changes the members, and this device is a writer');
	assert.equal(reason(played(openedApp(), synced(), 'M'), 'd'), '`pharmer team leave` takes this device out');
	assert.equal(reason(played(openedApp(), 'M'), 'a'), 'this vault is shared with nobody');
	assert.equal(reason(played(openedApp({demo: true}), synced(), 'M'), 's'), 'this is the demo: nobody is asked');
});

test('a lock leaves nothing of the team in the state', () => {
	const busy = {conflicts: [inventedConflict()], exposed: inventedExposed(['prod'])};
	const {state} = lock(played(openedApp(), synced(busy), 'M', 'c'));
	const {screen: _, ...rest} = state;
	assert.equal(rest.sharing.team, undefined);
	assert.equal(rest.exposed.size, 0);
	assert.ok(!JSON.stringify(rest).includes('ana-laptop'));
});

test('what a removed member could read needs care in the list and in health', () => {
	const event = synced({exposed: inventedExposed(['staging'], 'carl')});
	const text = spokenScreen(played(openedApp(), event, 'H', 'j')).join('\n');
	assert.match(text, /could be read by `carl`, who was removed/);
});

test('a screen reader is told the team, and the member under the cursor', () => {
	const state = played(openedApp(), synced(), 'M');
	const said = spokenScreen(state);
	assert.ok(said.includes('Team, 4 members'));
	assert.ok(said.includes('entry 42: uncle drum miss tube people render'));
	assert.ok(said.includes('ana-laptop (this device), admin, dry rapid glimpse simple gift saddle, 1 of 4'));
	assert.deepEqual(announcements(state, played(state, 'j')), [
		'ana-desktop, admin, already miss matrix symbol giraffe inquiry, 2 of 4',
	]);
});

test('a screen reader hears of trouble once, of its end, and nothing of time that passes', () => {
	const state = played(openedApp(), synced());
	const failed = played(state, {
		type: 'sync-failed',
		failure: {code: 'network', message: 'no answer'},
		team: inventedTeam,
	});
	assert.deepEqual(announcements(state, failed), ['Sync failed: no answer.']);
	assert.deepEqual(announcements(failed, later(failed, 30_000)), []);
	assert.deepEqual(announcements(failed, played(failed, synced())), ['Sharing works again.']);
	assert.deepEqual(announcements(state, played(state, synced({pending: 1}))), []);
});

test('a screen reader hears both sides of a conflict, never a secret, and the six words', () => {
	const conflict = inventedConflict('prod', {note: ['', 'of mine', 'of theirs']});
	const state = played(openedApp(), synced({conflicts: [conflict]}), 'M', 'c', 'r');
	const said = spokenScreen(state).join('\n');
	assert.match(said, /prod, conflict 1 of 1, Secret access key: hidden here, hidden of the others, note: of mine here/);
	assert.doesNotMatch(said, /of-mine/);
	const known = {...conflict, by: {name: 'ben', at: '2026-11-24T10:00:00Z'}};
	const of = spokenScreen(played(openedApp(), synced({conflicts: [known]}), 'M', 'c')).join('\n');
	assert.match(of, /prod, conflict 1 of 1, theirs is of ben 2 hours ago, Secret access key: hidden here/);
	const card = {text: 'pharmer1.x', name: 'cloe', words: 'soccer someone hello endless blast cube'};
	const invited = played(openedApp(), synced(), 'M', 'a', {type: 'card-read', card}, 'enter', 'secret');
	assert.ok(spokenScreen(played(invited, 'esc')).includes(card.words));
	assert.doesNotMatch(JSON.stringify(promptLine(invited)), /secret/);
});

test('a conflict that is gone meanwhile leaves the screen whole', () => {
	const state = played(openedApp(), synced({conflicts: [inventedConflict()]}), 'M', 'c', synced(), 'm', 'j', 'r');
	assert.deepEqual(spokenScreen(state)[0], 'No conflict is open.');
});

test('whoever asks for a sync while another one is under way hears of its own', () => {
	const shared = played(openedApp(), synced());
	const failed = {type: 'sync-failed', failure: {code: 'network', message: 'no answer'}, team: inventedTeam} as const;
	for (const first of [failed, synced()]) {
		const asked = played(later(shared, 60_000), 'M', 's');
		assert.equal(asked.sharing.syncing, 'asked');
		const ended = later(played(asked, first), 0);
		assert.equal(ended.sharing.syncing, 'asked');
		assert.equal(ended.message?.text, asked.message?.text);
		assert.equal(played(ended, synced()).message?.text, 'In sync: nothing was new.');
	}
});
