import {test} from 'node:test';
import {clockOf} from '../../helpers/clock.js';
import {issuingClouds} from '../../helpers/clouds/issuing-clouds.js';
import {directNetwork} from '../../helpers/direct-network.js';
import type {Handler} from '../../helpers/fake-cloud.js';
import {strangeReplies} from '../../helpers/key-call.js';
import {oneMaking} from '../../helpers/key-making.js';
import {randomFrom} from '../../helpers/losing.js';
import {seed, size} from '../../helpers/rounds.js';

type Handlers = Readonly<Record<string, Handler>>;

/** What answers now and then instead of a provider, before or after it has done what it was asked. */
function between(handlers: Handlers, random: () => number): Handlers {
	const strange = (handler: Handler): Handler => {
		return request => {
			const [share, nth] = [random(), Math.floor(random() * strangeReplies.length)];
			const reply = strangeReplies[nth];
			if (share >= 0.04 || reply === undefined) return handler(request);
			if (share < 0.02) handler(request);
			return reply;
		};
	};
	return Object.fromEntries(Object.entries(handlers).map(([host, handler]) => [host, strange(handler)]));
}

/** Each of their keys is a pair of RSA, which takes its time. */
const slow: ReadonlySet<string> = new Set(['oci']);

for (const [name, make] of issuingClouds) {
	test(`whatever is lost while an identity is made at ${name}, it is there once, or not at all`, async () => {
		for (let number = 0; number < size(slow.has(name) ? 5 : 40, 500); number++) {
			const clock = clockOf('2026-11-30T10:00:00Z');
			const cloud = make(clock.now);
			const strange = between(cloud.handlers, randomFrom(seed - number));
			const network = (fateOf: Parameters<typeof directNetwork>[2], isCalm = false) =>
				directNetwork(isCalm ? cloud.handlers : strange, clock.now, fateOf);
			await oneMaking({...cloud, network}, clock, number);
		}
	});
}
