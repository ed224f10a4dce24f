import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lineOf} from '../../../source/app/input/line-editor.js';
import {editScreen} from '../../../source/app/screens/edit/edit-screen.js';
import {wizardScreen} from '../../../source/app/screens/wizard/wizard-screen.js';
import {freeze, thaw} from '../../../source/app/session/frozen.js';
import {secretKey, storedCredential} from '../../helpers/credentials.js';
import {freshState} from '../../helpers/state.js';

test('freezing and thawing keeps everything, including secrets, maps and providers', () => {
	const credential = storedCredential('prod', {labels: new Map([['$', 'map']]), note: '{"$":"secret","of":"x"}'});
	const state = freshState();
	const {problem: _, ...wizard} = wizardScreen(state, {kind: 'create', provider: 'aws'});
	const screens = [editScreen(credential, {kind: 'list', filtering: false}), wizard];
	for (const screen of screens) {
		const frozen = {
			screen,
			undoable: [{kind: 'deleted' as const, credentials: [{...credential, deleted: '2026-11-24T00:00:00Z'}]}],
			redoable: [{kind: 'restored' as const, credentials: [credential]}],
			filter: lineOf('tag:x'),
			marks: new Set(['a']),
			visits: new Map([['a', {count: 2, last: 1}]]),
		};
		const back = thaw(freeze(frozen));
		assert.deepEqual(back, frozen);
		const [latest] = back.undoable;
		assert.ok(latest?.kind === 'deleted');
		assert.equal(latest.credentials[0]?.data.get('secretAccessKey')?.reveal(), secretKey);
	}
});
