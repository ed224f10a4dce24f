import assert from 'node:assert/strict';
import {PharmerError} from '../../source/domain/errors.js';
import type {Network} from '../../source/network/network.js';
import type {Rotating} from '../../source/tasks/rotation/rotating.js';
import type {clockOf} from './clock.js';
import type {KeyCloud} from './clouds/key-cloud.js';
import type {Fate} from './direct-network.js';
import {dying, losing, randomFrom} from './losing.js';
import {fieldsIn, type How, resume, rotate, rotationIn, vaultWith} from './rotated.js';
import {seed} from './rounds.js';

type Clock = ReturnType<typeof clockOf>;

/** A provider whose keys are replaced; what it has may take a request to know. */
export type Living = Pick<KeyCloud, 'provider' | 'data' | 'admin' | 'isFixed'> & {
	readonly network: (fateOf: () => Fate) => Network;
	readonly placeOf?: Rotating['placeOf'];
	/** How long an old key is kept, in seconds: a day when left out. */
	readonly grace?: number;
	readonly count: () => Promise<number> | number;
	readonly opens: (data: Readonly<Record<string, string>>) => Promise<boolean> | boolean;
};

/** One life of a key: it is begun, gone on with and taken back, and anything may be lost on the way. */
export async function oneLife(cloud: Living, clock: Clock, number: number): Promise<void> {
	const random = randomFrom(seed + number);
	const vault = await vaultWith(cloud);
	const whole = cloud.isFixed ? await cloud.count() : 1;
	const log: string[] = [];
	const story = (): string => `round ${number} of ${cloud.provider}: ${log.join('; ')}`;
	const {placeOf} = cloud;
	const how = (fateOf: () => Fate): How => ({
		cloud: {handlers: {}},
		vault,
		now: clock.now,
		network: cloud.network(fateOf),
		...(placeOf && {placeOf}),
	});
	const attempt = async (how: How, share: number): Promise<void> => {
		const rotation = rotationIn(await vault.read());
		const isBack = random() < share;
		const [what, done] =
			rotation === undefined
				? ['begin', rotate(how, random() < 0.5 ? 0 : (cloud.grace ?? 86_400))]
				: isBack
					? ['undo', resume(how, {isBack: true})]
					: ['resume', resume(how)];
		const end = await done.then(
			({is}) => is,
			(error: unknown) =>
				error instanceof PharmerError
					? `${error.code} ${error.message}`
					: assert.fail(`${story()}: ${error instanceof Error ? error.stack : ''}`),
		);
		log.push(`${what}: ${end}`);
		assert.equal(await cloud.opens(fieldsIn(await vault.read())), true, `what the vault has works; ${story()}`);
	};
	for (let tries = 2 + Math.floor(random() * 6); tries > 0; tries--) {
		const fateOf = losing(random, what => log.push(what));
		await attempt({...how(fateOf), vault: dying(vault, random)}, 0.25);
		clock.add(Math.floor(random() * 100_000));
	}
	for (let tries = 0; rotationIn(await vault.read()) !== undefined; tries++) {
		assert.ok(tries < 5, `it ends; ${story()}`);
		clock.leap(100_000);
		await attempt(
			how(() => undefined),
			0,
		);
	}
	const content = await vault.read();
	assert.equal(await cloud.opens(fieldsIn(content)), true, story());
	assert.equal(await cloud.count(), whole, `no key is left that nobody has; ${story()}`);
}
