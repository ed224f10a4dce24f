import {test} from 'node:test';
import {clockOf} from '../../helpers/clock.js';
import {clouds} from '../../helpers/clouds/clouds.js';
import {directNetwork} from '../../helpers/direct-network.js';
import {oneLife} from '../../helpers/key-life.js';
import {size} from '../../helpers/rounds.js';

/** Those that make a key pair here, which takes a while. */
const slow: ReadonlySet<string> = new Set(['oci', 'gce']);

for (const [provider, make] of clouds) {
	test(`whatever is lost while a key of ${provider} is replaced, none is lost and none is left over`, async () => {
		for (let number = 0; number < size(slow.has(provider) ? 3 : 40, 500); number++) {
			const clock = clockOf('2026-11-30T10:00:00Z');
			const cloud = make(clock.now);
			const network = (fateOf: Parameters<typeof directNetwork>[2]) => directNetwork(cloud.handlers, clock.now, fateOf);
			const count = (): number => cloud.keys().length;
			await oneLife({...cloud, network, count}, clock, number);
		}
	});
}
