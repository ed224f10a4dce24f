import {heldOf, sharedText} from '../../../credentials/found.js';
import type {Credential} from '../../../domain/credential.js';
import type {ImportRow, ImportScreen} from './import-screen.js';

/** Marks the finds already held. One that is in the vault or repeats an earlier find is not ticked. */
export function withHeld({rows, ...screen}: ImportScreen, credentials: readonly Credential[]): ImportScreen {
	if (rows === undefined) return screen;
	const held = heldOf(
		rows.map(({found}) => found),
		credentials,
	);
	const nameOf = (index: number): string => rows[index]?.name ?? '';
	const reasonOf = (index: number, name: string): string | undefined => {
		const {known, repeats} = held[index] ?? {};
		if (known !== undefined) return known.name === name ? 'in the vault' : `in the vault as ${known.name}`;
		return repeats === undefined ? undefined : `the same as ${nameOf(repeats)}`;
	};
	return {
		...screen,
		rows: rows.map((row, index) => {
			const reason = reasonOf(index, row.name);
			const shared = sharedText(held[index] ?? {}, nameOf);
			return {...row, held: reason, shared, ticked: row.ticked && reason === undefined};
		}),
	};
}

/** What is said when credentials were found and all of them are in the vault; undefined otherwise. */
export function nothingNew({rows = [], refused, damaged}: ImportScreen): string | undefined {
	if (rows.length === 0 || rows.some(({held}) => held === undefined)) return undefined;
	return refused.length + damaged.length === 0
		? 'nothing new: the vault has all of it'
		: 'nothing new that can be kept';
}

/** Where they were found, as a title. */
export function foundIn({wizard}: ImportScreen): string {
	return wizard === undefined ? 'On this machine' : 'In the paste';
}

/** The ticked rows. */
export function tickedRows({rows = []}: ImportScreen): readonly ImportRow[] {
	return rows.filter(({ticked}) => ticked);
}

/** The screen with that row changed. */
export function withRow(screen: ImportScreen, index: number, change: Partial<ImportRow>): ImportScreen {
	return {...screen, rows: (screen.rows ?? []).map((row, at) => (at === index ? {...row, ...change} : row))};
}
