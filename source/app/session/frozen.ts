import {Secret} from '../../domain/secret.js';
import {findProvider, providers} from '../../providers/catalog.js';
import type {State} from '../core/state.js';
import {graphemes} from '../input/keys.js';
import type {Line} from '../input/line-editor.js';

/** The part of the state that is sealed during a lock. */
export type Frozen = Pick<State, 'screen' | 'undoable' | 'redoable' | 'filter' | 'marks' | 'visits'>;

type Tagged = {readonly $: 'map' | 'set' | 'secret' | 'provider' | 'line'; readonly of: unknown};

/** Lines hold one grapheme an item; visiting thousands of them one by one would be slow. */
function isLine(value: object): value is Line {
	return 'text' in value && Array.isArray(value.text) && 'at' in value && typeof value.at === 'number';
}

/** Serializes to text with secrets in clear: for sealing only. */
export function freeze(frozen: Frozen): Secret {
	const text = JSON.stringify(frozen, function (this: Readonly<Record<string, unknown>>, key: string) {
		// The second argument is the result of `toJSON()`, which for a secret is not its text.
		const value = this[key];
		if (value instanceof Map) return {$: 'map', of: [...value]} satisfies Tagged;
		if (value instanceof Set) return {$: 'set', of: [...value]} satisfies Tagged;
		if (value instanceof Secret) return {$: 'secret', of: value.reveal()} satisfies Tagged;
		if (typeof value !== 'object' || value === null) return value;
		if (isLine(value)) {
			const [before, after] = [value.text.slice(0, value.at), value.text.slice(value.at)];
			return {$: 'line', of: [before.join(''), after.join('')]} satisfies Tagged;
		}
		const provider = providers.find(each => each === value);
		return provider === undefined ? value : ({$: 'provider', of: provider.id} satisfies Tagged);
	});
	return new Secret(text);
}

/** Restores what `freeze()` was given. */
export function thaw(text: Secret): Frozen {
	return JSON.parse(text.reveal(), (_, value: unknown) => {
		if (typeof value !== 'object' || value === null || !('$' in value)) return value;
		const {$: kind, of} = value as Tagged;
		switch (kind) {
			case 'map':
				return new Map(of as [unknown, unknown][]);
			case 'set':
				return new Set(of as unknown[]);
			case 'secret':
				return new Secret(of as string);
			case 'line': {
				const [before, after] = of as [string, string];
				const parts = graphemes(before);
				return {text: parts.concat(graphemes(after)), at: parts.length} satisfies Line;
			}
			case 'provider':
				return findProvider(of as string);
		}
	}) as Frozen;
}
