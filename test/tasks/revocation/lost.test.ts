import {test} from 'node:test';
import {clockOf} from '../../helpers/clock.js';
import {awsCloudWithAdmin} from '../../helpers/clouds/aws.js';
import {clouds} from '../../helpers/clouds/clouds.js';
import {directNetwork} from '../../helpers/direct-network.js';
import {oneEnd} from '../../helpers/key-end.js';
import {size} from '../../helpers/rounds.js';

for (const [name, make] of [...clouds, ['aws, by another credential', awsCloudWithAdmin]] as const) {
	test(`whatever is lost while a key of ${name} is revoked, it is gone in the end, and nothing else`, async () => {
		for (let number = 0; number < size(40, 500); number++) {
			const clock = clockOf('2026-11-30T10:00:00Z');
			const cloud = make(clock.now);
			const network = (fateOf: Parameters<typeof directNetwork>[2]) => directNetwork(cloud.handlers, clock.now, fateOf);
			const ids = () => cloud.keys().map(({id}) => id);
			await oneEnd({...cloud, network, ids}, clock, number);
		}
	});
}
