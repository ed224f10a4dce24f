import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sharingLine} from '../../../source/app/core/sharing-words.js';
import type {State} from '../../../source/app/core/state.js';
import type {TeamState} from '../../../source/domain/team.js';
import {inventedConflict, inventedTeam, synced} from '../../helpers/invented-team.js';
import {later, openedApp, played} from '../../helpers/played.js';

const shared = (team: Partial<TeamState> = {}): State => played(openedApp(), synced(team));
const failing = (message: string, code: 'network' | 'forked' = 'network', team: Partial<TeamState> = {}): State =>
	played(shared(team), {type: 'sync-failed', failure: {code, message}, team: {...inventedTeam, ...team}});
const text = (state: State, cells = 77): string | undefined => sharingLine(state, cells)?.text;

test('a vault that is shared with nobody has no line', () => {
	assert.equal(sharingLine(openedApp(), 77), undefined);
});

test('the line says when the storage was reached, in few cells shorter', () => {
	// The next sync is not done here, so that what is known grows old.
	const old = later(shared(), 120_000);
	assert.equal(text(old), 'shared · 2 minutes ago');
	assert.equal(text(old, 37), 'shared · 2m ago');
	assert.equal(sharingLine(old, 77)?.tone, 'dim');
});

test('silence of the others is said from three days on', () => {
	assert.equal(text(shared({lastWord: '2026-11-21T12:00:01Z'})), 'shared · just now');
	const silent = shared({lastWord: '2026-11-21T12:00:00Z'});
	assert.equal(text(silent), 'shared · just now · last word from the others 3 days ago');
	assert.equal(sharingLine(silent, 77)?.tone, 'warning');
	assert.equal(text(silent, 37), 'shared · now', 'what has no room is left out whole');
});

test('what is not shared yet and what waits for a person come before', () => {
	assert.equal(text(shared({pending: 3})), '3 not shared yet');
	const both = shared({pending: 3, conflicts: [inventedConflict()]});
	assert.equal(text(both), '1 conflict: M shows it · 3 not shared yet');
	assert.equal(text(played(both, 'M')), '1 conflict · 3 not shared yet', 'where the key does something else');
});

test('a failure is said with what it keeps from the others, and a grave one alone, as danger', () => {
	assert.equal(text(failing('no answer', 'network', {pending: 1})), 'sync failed: no answer · 1 not shared yet');
	assert.equal(sharingLine(failing('no answer'), 77)?.tone, 'warning');
	const forked = failing('another entry 42', 'forked', {pending: 1});
	assert.deepEqual(sharingLine(forked, 77), {tone: 'danger', text: 'sync failed: another entry 42'});
});

test('a long reason hides neither what is not shared nor what waits for a person', () => {
	const reason = "git can't reach the remote: ssh: connect to host git.example.com port 22: Connection timed out";
	const both = failing(reason, 'network', {pending: 1, conflicts: [inventedConflict()]});
	assert.equal(text(both), 'sync failed · 1 not shared yet · 1 conflict: M shows it');
	assert.equal(text(both, 137), 'sync failed · 1 not shared yet · 1 conflict: M shows it');
	assert.equal(text(both, 157), `sync failed: ${reason} · 1 not shared yet · 1 conflict: M shows it`);
	assert.equal(text(both, 37), 'sync failed · 1 not shared yet');
	assert.equal(text(failing(reason)), `sync failed: ${reason}`, 'alone it takes the row');
});

test('what a failing sync has not shared is said while it is tried again', () => {
	const again = played(failing('no answer', 'network', {pending: 1}), 'M', 's');
	assert.equal(text(again), 'sync failed: no answer · 1 not shared yet');
});

test('a device that only reads hears that its own changes stay here', () => {
	const [, , , ci] = inventedTeam.members;
	assert.equal(text(shared({self: ci, pending: 1})), '1 changed here only');
	assert.equal(
		text(failing('no answer', 'network', {self: ci, pending: 1})),
		'sync failed: no answer · 1 changed here only',
	);
});

test('what comes from the storage does nothing to the terminal', () => {
	assert.equal(text(failing('it said \u001b[2J')), 'sync failed: it said \\u001b[2J');
});

test('a device that was removed says so alone', () => {
	const removed = shared({self: undefined, isRemoved: true, pending: 2});
	assert.match(text(removed) ?? '', /^this device was removed from the team/);
	assert.equal(sharingLine(removed, 77)?.tone, 'danger');
});
