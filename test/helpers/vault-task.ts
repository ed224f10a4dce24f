import type {Random} from './mutated.js';
import {type Model, tokenOf} from './vault-model.js';

export const kinds = ['create', 'edit', 'delete', 'passphrase', 'rekey', 'add', 'remove', 'unlock'] as const;
export type Kind = (typeof kinds)[number];

/** A command that changes a vault, or unlocks it. */
export type Task = {
	readonly kind: Kind;
	readonly args: readonly string[];
	readonly environment?: Readonly<Record<string, string>>;
	readonly input?: string;
	/** What it says once it is done. */
	readonly said: RegExp;
	/** What it leaves; `way` is the id of a new way in. */
	readonly after: (way: string) => Model;
	/** What opens the new way in. */
	readonly added?: string;
};

/** A command of that kind, or of another one where that is not possible. `number` makes its names and values unique. */
export function taskOf(kind: Kind, before: Model, number: number, random: Random): Task {
	const {tokens, ways} = before;
	const [own = ''] = Object.entries(ways).find(([, opensIt]) => opensIt === before.passphrase) ?? [];
	const environment = {PHARMER_PASSPHRASE: before.passphrase};
	const fresh = `the passphrase of round ${number}`;
	const input = JSON.stringify({token: tokenOf(number)});
	const oneOf = <Each>(list: readonly Each[]): Each | undefined => list[random(list.length)];
	switch (kind) {
		case 'edit': {
			const name = oneOf(Object.keys(tokens)) ?? '';
			const after = () => ({...before, tokens: {...tokens, [name]: tokenOf(number)}});
			return {kind, args: ['edit', 'credential', name, '-f', '-'], input, said: /^changed /m, after};
		}
		case 'delete': {
			const name = oneOf(Object.keys(tokens).filter(each => each !== 'keep'));
			if (name === undefined) break;
			const {[name]: _, ...left} = tokens;
			const after = () => ({...before, tokens: left, deleted: [...before.deleted, name].sort()});
			return {kind, args: ['delete', 'credential', name, '--yes'], said: /^deleted /m, after};
		}
		case 'passphrase':
			return {
				kind,
				args: ['passphrase', '--drop-slots'],
				environment: {...environment, PHARMER_NEW_PASSPHRASE: fresh},
				said: /is changed$/m,
				after: () => ({...before, passphrase: fresh, ways: {[own]: fresh}}),
			};
		case 'rekey': {
			const after = () => ({...before, ways: {[own]: before.passphrase}});
			return {kind, args: ['rekey', '--drop-slots'], environment, said: /has a new key/, after};
		}
		case 'remove': {
			const id = oneOf(Object.keys(ways).filter(each => each !== own));
			if (id === undefined) return taskOf('add', before, number, random);
			const {[id]: _, ...left} = ways;
			const after = () => ({...before, ways: left});
			return {kind, args: ['slots', 'remove', id, '--yes'], environment, said: /^removed /m, after};
		}
		case 'add':
			if (Object.keys(ways).length > 3) return taskOf('remove', before, number, random);
			return {
				kind,
				args: ['slots', 'add', 'passphrase'],
				environment: {...environment, PHARMER_NEW_PASSPHRASE: fresh},
				said: /^added /m,
				after: way => ({...before, ways: {...ways, [way]: fresh}}),
				added: fresh,
			};
		case 'unlock':
			return {kind, args: ['unlock'], environment, said: /^unlocked /m, after: () => before};
	}
	const name = `c${number}`;
	const args = ['create', 'credential', name, '-p', 'generic', '-f', '-'];
	const after = () => ({...before, tokens: {...tokens, [name]: tokenOf(number)}});
	return {kind: 'create', args, input, said: /^created /m, after};
}
