import assert from 'node:assert/strict';
import {PharmerError} from '../../source/domain/errors.js';
import type {clockOf} from './clock.js';
import type {Living} from './key-life.js';
import {dying, losing, randomFrom} from './losing.js';
import {leave, revocationIn, revoke} from './revoked.js';
import {fieldsIn, type How, ownId, vaultWith} from './rotated.js';
import {seed} from './rounds.js';

type Clock = ReturnType<typeof clockOf>;

/** A provider whose keys are revoked; what it has may take a request to know. */
export type Ending = Pick<Living, 'provider' | 'data' | 'admin' | 'isFixed' | 'network' | 'placeOf' | 'opens'> & {
	/** The ids of the keys that there are. */
	readonly ids: () => Promise<readonly string[]> | readonly string[];
	/** Somebody makes a key in the console: its id. */
	readonly addKey: () => Promise<string> | string;
};

/** The end of a key: it is begun, gone on with and given up, and anything may be lost on the way. */
export async function oneEnd(cloud: Ending, clock: Clock, number: number): Promise<void> {
	const random = randomFrom(seed + number);
	const {data, placeOf} = cloud;
	const before = (await cloud.ids()).length;
	const other = !cloud.isFixed && random() < 0.5 ? await cloud.addKey() : undefined;
	const vault = await vaultWith(cloud);
	const log: string[] = [];
	const story = (): string => `round ${number} of ${cloud.provider}: ${log.join('; ')}`;
	const how = (fateOf: Parameters<Ending['network']>[0]): How => ({
		cloud: {handlers: {}},
		vault,
		now: clock.now,
		network: cloud.network(fateOf),
		...(placeOf && {placeOf}),
	});
	const attempt = async (how: How, share: number): Promise<void> => {
		const isBegun = revocationIn(await vault.read()) !== undefined;
		const isBack = isBegun && random() < share;
		const end = await (isBack ? leave(how) : revoke(how)).then(
			() => 'done',
			(error: unknown) =>
				error instanceof PharmerError
					? `${error.code} ${error.message}`
					: assert.fail(`${story()}: ${error instanceof Error ? error.stack : ''}`),
		);
		log.push(`${isBack ? 'leave' : isBegun ? 'go on' : 'begin'}: ${end}`);
		clock.add(Math.floor(random() * 100_000));
	};
	const isThere = async (): Promise<boolean> => (await vault.read()).credentials.some(({id}) => id === ownId);
	for (let tries = 1 + Math.floor(random() * 5); tries > 0 && (await isThere()); tries--) {
		const fateOf = losing(random, what => log.push(what));
		await attempt({...how(fateOf), vault: dying(vault, random)}, 0.25);
		const content = await vault.read();
		if (!(await isThere())) assert.equal(await cloud.opens(data), false, `what is in the trash is gone; ${story()}`);
		else if (revocationIn(content) === undefined)
			assert.equal(await cloud.opens(fieldsIn(content)), true, `what is left works; ${story()}`);
	}
	for (let tries = 0; await isThere(); tries++) {
		assert.ok(tries < 5, `it ends; ${story()}`);
		await attempt(
			how(() => undefined),
			0,
		);
	}
	const content = await vault.read();
	assert.equal(revocationIn(content), undefined, story());
	assert.equal(content.trash.filter(({id}) => id === ownId).length, 1, story());
	assert.equal(await cloud.opens(data), false, story());
	const left = await cloud.ids();
	if (cloud.isFixed) assert.equal(left.length, before, story());
	else assert.deepEqual(left, other === undefined ? [] : [other], `no other key is deleted; ${story()}`);
}
