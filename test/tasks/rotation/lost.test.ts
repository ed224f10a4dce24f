import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../../source/domain/errors.js';
import type {Vault} from '../../../source/vault/vault.js';
import {clockOf} from '../../helpers/clock.js';
import {clouds} from '../../helpers/clouds/clouds.js';
import type {MakeCloud} from '../../helpers/clouds/key-cloud.js';
import type {Fate} from '../../helpers/direct-network.js';
import {fieldsIn, type How, resume, rotate, rotationIn, vaultWith} from '../../helpers/rotated.js';
import {seed, size} from '../../helpers/rounds.js';

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function randomFrom(start: number): () => number {
	let state = start;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** A vault whose writes fail now and then, before or after they are done, and from then on always: it was killed. */
function dying(vault: Vault, random: () => number, share: number): Vault {
	let isDead = false;
	return {
		...vault,
		async change(operation) {
			const dies = isDead || random() < share;
			if (dies && (isDead || random() < 0.5)) {
				isDead = true;
				throw new PharmerError('file', 'the disk is full');
			}
			const result = await vault.change(operation);
			if (!dies) return result;
			isDead = true;
			throw new PharmerError('file', 'it was killed after a write');
		},
	};
}

/** One life of a key: it is begun, gone on with and taken back, and anything may be lost on the way. */
async function oneLife(make: MakeCloud, number: number): Promise<void> {
	const random = randomFrom(seed + number);
	const clock = clockOf('2026-11-30T10:00:00Z');
	const cloud = make(clock.now);
	const vault = await vaultWith(cloud);
	const log: string[] = [];
	const story = (): string => `round ${number} of ${cloud.provider}: ${log.join('; ')}`;
	const attempt = async (how: How, share: number): Promise<void> => {
		const rotation = rotationIn(await vault.read());
		const isBack = random() < share;
		const [what, done] =
			rotation === undefined
				? ['begin', rotate(how, random() < 0.5 ? 0 : 86_400)]
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
		assert.equal(cloud.opens(fieldsIn(await vault.read())), true, `what the vault has works; ${story()}`);
	};
	for (let tries = 2 + Math.floor(random() * 6); tries > 0; tries--) {
		const fateOf = (): Fate => {
			const fate = random();
			if (fate < 0.1) log.push(fate < 0.05 ? 'request lost' : 'answer lost');
			return fate < 0.05 ? 'request-lost' : fate < 0.1 ? 'answer-lost' : undefined;
		};
		await attempt({cloud, vault: dying(vault, random, 0.15), now: clock.now, fateOf}, 0.25);
		clock.add(Math.floor(random() * 100_000));
	}
	for (let tries = 0; rotationIn(await vault.read()) !== undefined; tries++) {
		assert.ok(tries < 5, `it ends; ${story()}`);
		clock.add(100_000);
		await attempt({cloud, vault, now: clock.now}, 0);
	}
	const content = await vault.read();
	assert.equal(cloud.opens(fieldsIn(content)), true, story());
	assert.equal(cloud.keys().length, 1, `no key is left that nobody has; ${story()}`);
}

for (const [provider, make] of clouds) {
	test(`whatever is lost while a key of ${provider} is replaced, none is lost and none is left over`, async () => {
		for (let number = 0; number < size(40, 500); number++) await oneLife(make, number);
	});
}
