import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Agent} from '../../source/agent/agent.js';
import {lookUntilDone} from '../../source/agent/looking.js';
import {fingerprintOf} from '../../source/platform/fingerprint.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {testClock, version} from '../helpers/agent.js';

for (const [what, move] of [
	['the time while the machine sleeps counts', 'sleep'],
	['a timer that comes late is made up for', 'pass'],
] as const) {
	test(`a process that only clears looks every 30 seconds: ${what}`, async context => {
		context.mock.timers.enable({apis: ['setTimeout']});
		const clock = testClock();
		const taken: string[] = [];
		const agent = new Agent({
			...{version, clock, pid: 7, place: path => fileVaultPlace(path), now: () => new Date(0)},
			take: async ({way}) => {
				taken.push(way);
				return 'cleared';
			},
		});
		let hasEnded = false;
		agent.clearLater({clearing: {way: 'xclip', ours: fingerprintOf('one'), environment: {}}, seconds: 3600});
		lookUntilDone(agent, () => {
			hasEnded = true;
		});
		context.mock.timers.tick(29_000);
		assert.deepEqual(taken, []);
		clock[move](3600);
		context.mock.timers.tick(1000);
		assert.deepEqual(taken, ['xclip']);
		await agent.cleared();
		context.mock.timers.tick(200);
		assert.equal(hasEnded, true);
	});
}
