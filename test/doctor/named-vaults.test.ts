import assert from 'node:assert/strict';
import {test} from 'node:test';
import {examine} from '../../source/doctor/checks.js';
import {namedVaults} from '../../source/doctor/named-vaults.js';
import {type Entry, fakeMachine} from '../helpers/fake-machine.js';

const settings = '/home/me/.config/pharmer/settings.json';

async function look(text: string, more: Readonly<Record<string, Entry>> = {}) {
	const found = await examine(fakeMachine({}, {[settings]: {text}, ...more}), [namedVaults]);
	return found.map(({state, text: says, fix}) => [state, says, ...Object.values(fix ?? {})]);
}

test('vaults that have a name are listed, also those that nobody has made yet', async () => {
	assert.deepEqual(await look('{"vaults": {"work": "/w.json", "home": "~/h.json"}}', {'/w.json': {isVault: true}}), [
		['ok', 'these have a name: `work` and `home`'],
	]);
	const none = [['ok', 'only the default one has a name']];
	assert.deepEqual(await look('{}'), none);
	assert.deepEqual(await look('{"vaults": 1}'), none, 'the settings say what is wrong');
});

test('a vault that was there and is gone needs care', async () => {
	const text = '{"vaults": {"work": "/w.json", "home": "~/h.json"}}';
	assert.deepEqual(await look(text, {'/home/me/h.json.seen': {text: '{}'}}), [
		['care', 'the vault `home` is gone: nothing is at `/home/me/h.json`', 'pharmer vaults remove home'],
	]);
});
