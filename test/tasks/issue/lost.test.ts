import {test} from 'node:test';
import {clockOf} from '../../helpers/clock.js';
import {issuingClouds} from '../../helpers/clouds/issuing-clouds.js';
import {directNetwork} from '../../helpers/direct-network.js';
import {oneMaking} from '../../helpers/key-making.js';
import {size} from '../../helpers/rounds.js';

/** Each of their keys is a pair of RSA, which takes its time. */
const slow: ReadonlySet<string> = new Set(['oci']);

for (const [name, make] of issuingClouds) {
	test(`whatever is lost while an identity is made at ${name}, it is there once, or not at all`, async () => {
		for (let number = 0; number < size(slow.has(name) ? 5 : 40, 500); number++) {
			const clock = clockOf('2026-11-30T10:00:00Z');
			const cloud = make(clock.now);
			const network = (fateOf: Parameters<typeof directNetwork>[2]) => directNetwork(cloud.handlers, clock.now, fateOf);
			await oneMaking({...cloud, network}, clock, number);
		}
	});
}
