import {PharmerError} from '../../source/domain/errors.js';
import type {Vault} from '../../source/vault/vault.js';
import type {Fate} from './direct-network.js';

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomFrom(start: number): () => number {
	let state = start;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** A vault whose writes fail now and then, before or after they are done, and from then on always: it was killed. */
export function dying(vault: Vault, random: () => number, share = 0.15): Vault {
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

/** One request in twenty is lost, and one answer in twenty. */
export function losing(random: () => number, onLost: (what: string) => void): () => Fate {
	return () => {
		const fate = random();
		if (fate >= 0.1) return undefined;
		onLost(fate < 0.05 ? 'request lost' : 'answer lost');
		return fate < 0.05 ? 'request-lost' : 'answer-lost';
	};
}
