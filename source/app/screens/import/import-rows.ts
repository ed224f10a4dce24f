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

/** What stands there when the vault has all that was found. */
export const nothingNew = 'Nothing new: the vault has all of it';

/** Whether something was found, and the vault has all of it. */
export function isNothingNew({rows = []}: ImportScreen): boolean {
	return rows.length > 0 && rows.every(({held}) => held !== undefined);
}

/** The ticked rows. */
export function tickedRows({rows = []}: ImportScreen): readonly ImportRow[] {
	return rows.filter(({ticked}) => ticked);
}
