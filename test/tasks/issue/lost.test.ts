import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../../source/domain/errors.js';
import {clockOf} from '../../helpers/clock.js';
import type {MakeIssuingCloud} from '../../helpers/clouds/issuing-cloud.js';
import {issuingClouds} from '../../helpers/clouds/issuing-clouds.js';
import type {Handler} from '../../helpers/fake-cloud.js';
import {fieldsMade, issue, issueIn, type Making, takeBack} from '../../helpers/issued.js';
import {strangeReplies} from '../../helpers/key-call.js';
import {dying, losing, randomFrom} from '../../helpers/losing.js';
import {vaultWith} from '../../helpers/rotated.js';
import {seed, size} from '../../helpers/rounds.js';

type Handlers = Readonly<Record<string, Handler>>;

/** What answers now and then instead of a provider, before or after it has done what it was asked. */
function between(handlers: Handlers, random: () => number, onStrange: (what: string) => void): Handlers {
	const strange = (handler: Handler): Handler => {
		return request => {
			const [share, nth] = [random(), Math.floor(random() * strangeReplies.length)];
			const reply = strangeReplies[nth];
			if (share >= 0.04 || reply === undefined) return handler(request);
			onStrange(`${request.method} got ${reply.status} from between`);
			if (share < 0.02) handler(request);
			return reply;
		};
	};
	return Object.fromEntries(Object.entries(handlers).map(([host, handler]) => [host, strange(handler)]));
}

/** The making of an identity: it is begun, gone on with and taken back, and anything may be lost on the way. */
async function oneMaking(make: MakeIssuingCloud, number: number): Promise<void> {
	const random = randomFrom(seed + number);
	const clock = clockOf('2026-11-30T10:00:00Z');
	const cloud = make(clock.now);
	const {provider, policies, handlers} = cloud;
	const vault = await vaultWith({provider, data: cloud.admin});
	const log: string[] = [];
	const story = (): string => `round ${number} of ${provider}: ${log.join('; ')}; ${cloud.things().join(', ')}`;
	const attempt = async (making: Making, isBack: boolean): Promise<void> => {
		const isBegun = issueIn(await vault.read()) !== undefined;
		const end = await (isBegun && isBack ? takeBack(making).then(() => 'back') : issue(making)).catch(
			(error: unknown) =>
				error instanceof PharmerError
					? `${error.code} ${error.message}`
					: assert.fail(`${story()}: ${error instanceof Error ? error.stack : ''}`),
		);
		log.push(`${isBegun ? (isBack ? 'undo' : 'go on') : 'begin'}: ${end}`);
		clock.add(Math.floor(random() * 2000));
	};
	const isMade = async (): Promise<boolean> => fieldsMade(await vault.read()) !== undefined;
	for (let tries = 1 + Math.floor(random() * 6); tries > 0 && !(await isMade()); tries--) {
		const fateOf = losing(random, what => log.push(what));
		const strange = between(handlers, random, what => log.push(what));
		await attempt({handlers: strange, policies, vault: dying(vault, random), now: clock.now, fateOf}, random() < 0.3);
		if (issueIn(await vault.read()) === undefined && !(await isMade()))
			assert.deepEqual(cloud.things(), [], `what was taken back is gone; ${story()}`);
	}
	const endsBack = random() < 0.3;
	for (let tries = 0; !(await isMade()); tries++) {
		if (endsBack && issueIn(await vault.read()) === undefined) break;
		assert.ok(tries < 5, `it ends; ${story()}`);
		await attempt({handlers, policies, vault, now: clock.now}, endsBack);
	}
	const content = await vault.read();
	const made = fieldsMade(content);
	assert.equal(issueIn(content), undefined, story());
	if (made === undefined) return assert.deepEqual(cloud.things(), [], story());
	assert.equal(cloud.opens(made), true, `the key works; ${story()}`);
	assert.equal(cloud.things().length, cloud.whole.length, `nothing is there twice; ${story()}`);
	for (const each of cloud.whole)
		assert.ok(
			cloud.things().some(thing => each.test(thing)),
			`${each}; ${story()}`,
		);
}

/** Each of their keys is a pair of RSA, which takes its time. */
const slow: ReadonlySet<string> = new Set(['oci']);

for (const [name, make] of issuingClouds) {
	test(`whatever is lost while an identity is made at ${name}, it is there once, or not at all`, async () => {
		for (let number = 0; number < size(slow.has(name) ? 5 : 40, 500); number++) await oneMaking(make, number);
	});
}
