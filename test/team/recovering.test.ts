import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseName} from '../../source/domain/name.js';
import {memoryStore} from '../../source/stores/memory.js';
import {beginJoining} from '../../source/team/joining.js';
import {memberKeys} from '../../source/team/log/member-keys.js';
import {add} from '../../source/team/members.js';
import {joinByRecovery} from '../../source/team/recovering.js';
import {sync} from '../../source/team/sync.js';
import {Killed, killedAt, started} from '../helpers/cut-device.js';
import {edit, pictureOf} from '../helpers/fleet.js';
import {device, founder} from '../helpers/team.js';
import {seedOf} from '../helpers/team-log.js';

test('a device that is killed at any step while it joins by recovery words joins when it tries again', async () => {
	const name = parseName('laptop');
	for (let at = 0; ; at++) {
		assert.ok(at < 500, 'it never ends');
		const ana = await founder(memoryStore());
		await edit(ana, 'aws');
		await sync(ana);
		const paper = {name: parseName('recovery'), keys: memberKeys(seedOf('paper'))};
		const {seq, hash} = await add(ana, paper, 'admin');
		const anchor = {seq, isHash: (each: string): boolean => each === hash};
		const one = await device(ana.store);
		await beginJoining(one.vault, {url: 'memory:', opener: undefined, joining: {name, mayShare: true}});
		const first = joinByRecovery(killedAt(one, at), anchor, seedOf('paper'), name);
		const isKilled = await first.then(
			() => false,
			error => {
				if (error instanceof Killed) return true;
				throw error;
			},
		);
		if (!isKilled) return;
		const {state} = await joinByRecovery(started(one), anchor, seedOf('paper'), name);
		const members = state.members.map(each => `${each.name} ${each.role}`);
		assert.deepEqual(members.sort(), ['ana admin', 'laptop admin', 'recovery admin'], `killed at ${at}`);
		assert.equal(await pictureOf(one), await pictureOf(ana));
	}
});
