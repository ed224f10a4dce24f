import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ok} from '../../source/doctor/check.js';
import {checks, examine} from '../../source/doctor/checks.js';
import {PharmerError} from '../../source/domain/errors.js';
import {fakeMachine} from '../helpers/fake-machine.js';

test('each check has an id of its own, and a title that fits into its column', () => {
	const ids = checks.map(({id}) => id);
	assert.equal(new Set(ids).size, ids.length);
	for (const {id, title} of checks) {
		assert.match(id, /^[a-z]+(-[a-z]+)*$/);
		assert.ok(title.length <= 11, title);
	}
});

test('every check has something to say, and nothing needs care, on a machine that is well', async () => {
	const found = await examine(fakeMachine());
	assert.deepEqual(
		found.filter(({state}) => state !== 'ok'),
		[],
	);
	const silent = checks.filter(({id}) => !found.some(each => each.id === id)).map(({id}) => id);
	assert.deepEqual(silent, ['leftovers', 'keyring']);
});

test('on Windows, what only other systems have is passed over', async () => {
	const found = await examine(fakeMachine({platform: 'win32', user: undefined}));
	assert.deepEqual(
		found.filter(({id}) => ['directories', 'above', 'files', 'socket', 'core-files'].includes(id)),
		[],
	);
	assert.equal(found.find(({id}) => id === 'agent')?.text, 'off: there is none on Windows yet');
});

test('a check that fails costs its own line, and its error is not shown', async () => {
	const failing = (id: string, error: unknown) => ({
		id,
		title: id,
		look: () => {
			throw error;
		},
	});
	const found = await examine(fakeMachine(), [
		failing('a', new Error('the secret hunter2')),
		failing('b', Object.assign(new Error('EACCES: hunter2'), {code: 'EACCES', path: '/x'})),
		failing('c', new PharmerError('file', 'what this program says')),
		{id: 'd', title: 'd', look: () => [ok('still there')]},
	]);
	assert.deepEqual(
		found.map(({state, text}) => [state, text]),
		[
			['unknown', "it can't be looked at: Error"],
			['unknown', "`/x` can't be looked at: permission denied"],
			['unknown', 'what this program says'],
			['ok', 'still there'],
		],
	);
});
