import assert from 'node:assert/strict';
import {test} from 'node:test';
import {examine} from '../../source/doctor/checks.js';
import {history} from '../../source/doctor/history.js';
import {contentSize} from '../../source/vault/format/content.js';
import {withinSize} from '../../source/vault/history/history.js';
import {addCredential, replaceCredential} from '../../source/vault/operations.js';
import type {Content} from '../../source/vault/vault.js';
import {fakeMachine} from '../helpers/fake-machine.js';
import {draft} from '../helpers/vault-samples.js';

const now = new Date('2026-03-01T12:00:00Z');

async function look(content: Content | undefined) {
	const [finding] = await examine(fakeMachine({content: async () => content}), [history]);
	return [finding?.state, finding?.text];
}

/** A vault with that many versions of a credential whose note has so many letters. */
function withVersions(count: number, letters: number): Content {
	let content: Content = addCredential({credentials: [], trash: []}, draft('one'), now).content;
	for (let index = 0; index < count; index++) {
		const [basis] = content.credentials;
		assert.ok(basis !== undefined);
		const next = {...basis, note: String(index).padEnd(letters, 'x')};
		content = replaceCredential(content, basis, next, now).content;
	}
	return withinSize(content, contentSize);
}

test('the history of a vault that is unlocked is measured, and one that is full says so', async () => {
	assert.deepEqual(await look({credentials: [], trash: []}), ['ok', '0 versions, 2 bytes of at most 64 KiB']);
	assert.deepEqual(await look(withVersions(3, 500)), ['ok', '3 versions, 2 KiB of at most 64 KiB']);
	const full = await look(withVersions(10, 8100));
	assert.deepEqual(full, ['ok', '7 versions, 57 KiB of at most 64 KiB: no more fit, and the oldest make way']);
});

test('the history of a locked vault, and a newer one, are not known', async () => {
	assert.deepEqual(await look(undefined), ['unknown', 'it is in the vault, which is locked: `pharmer unlock`']);
	const newer = {credentials: [], trash: [], sections: {history: {version: 2}}};
	assert.deepEqual(await look(newer), ['unknown', 'a newer pharmer keeps it']);
});
