import assert from 'node:assert/strict';
import {PharmerError} from '../../source/domain/errors.js';
import type {clockOf} from './clock.js';
import type {IssuingCloud} from './clouds/issuing-cloud.js';
import {fieldsMade, issue, issueIn, type Making, takeBack} from './issued.js';
import type {Living} from './key-life.js';
import {dying, losing, randomFrom} from './losing.js';
import {vaultWith} from './rotated.js';
import {seed} from './rounds.js';

type Clock = ReturnType<typeof clockOf>;

/** A provider at which identities are made; what it has may take a request to know. */
export type Issuable = Pick<IssuingCloud, 'provider' | 'admin' | 'policies' | 'whole'> &
	Pick<Living, 'placeOf' | 'opens'> & {
		/** `isCalm` where nothing is lost any more. */
		readonly network: (fateOf: Parameters<Living['network']>[0], isCalm?: boolean) => ReturnType<Living['network']>;
		/** What the identity is called; as its provider's issuer has it when left out. */
		readonly identity?: string;
		readonly things: () => Promise<readonly string[]> | readonly string[];
	};

/** The making of an identity: it is begun, gone on with and taken back, and anything may be lost on the way. */
export async function oneMaking(cloud: Issuable, clock: Clock, number: number): Promise<void> {
	const random = randomFrom(seed + number);
	const {provider, identity, policies, placeOf, things} = cloud;
	const vault = await vaultWith({provider, data: cloud.admin});
	const log: string[] = [];
	const story = (): string => `round ${number} of ${provider}: ${log.join('; ')}`;
	const making = (fateOf: Parameters<Issuable['network']>[0], isCalm = false): Making => ({
		handlers: {},
		network: cloud.network(fateOf, isCalm),
		vault,
		identity,
		policies,
		now: clock.now,
		...(placeOf && {placeOf}),
	});
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
		await attempt({...making(fateOf), vault: dying(vault, random)}, random() < 0.3);
		if (issueIn(await vault.read()) === undefined && !(await isMade()))
			assert.deepEqual(await things(), [], `what was taken back is gone; ${story()}`);
	}
	const endsBack = random() < 0.3;
	for (let tries = 0; !(await isMade()); tries++) {
		if (endsBack && issueIn(await vault.read()) === undefined) break;
		assert.ok(tries < 5, `it ends; ${story()}`);
		// A key that may be the one whose answer was lost is asked about once it is old enough.
		clock.leap(100_000);
		await attempt(
			making(() => undefined, true),
			endsBack,
		);
	}
	const content = await vault.read();
	const made = fieldsMade(content);
	const there = await things();
	assert.equal(issueIn(content), undefined, story());
	if (made === undefined) return assert.deepEqual(there, [], story());
	assert.equal(await cloud.opens(made), true, `the key works; ${story()}`);
	assert.equal(there.length, cloud.whole.length, `nothing is there twice; ${story()}; ${there.join(', ')}`);
	for (const each of cloud.whole)
		assert.ok(
			there.some(thing => each.test(thing)),
			`${each}; ${story()}; ${there.join(', ')}`,
		);
}
