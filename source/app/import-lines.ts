import {shortId} from '../domain/mask.js';
import {visible} from '../domain/visible.js';
import {isExposed, whereOf} from '../providers/found.js';
import {publicIdOf} from '../providers/public-id.js';
import type {ImportScreen} from './screen.js';

/** One line of what was found: something to tick, or something that can't be kept. */
export type ImportLine = {
	readonly ticked: boolean | undefined;
	readonly name: string;
	readonly provider: string;
	readonly id: string;
	/** Whether it is new, or what has it already. */
	readonly state: string;
	readonly where: string;
	/** All there is to say of it, as sentences. */
	readonly about: string;
};

function octal(mode: number): string {
	return mode.toString(8).padStart(4, '0');
}

function foundLines({rows = []}: ImportScreen): readonly ImportLine[] {
	return rows.map(({found, name, ticked, held}) => {
		const {provider, data, mode, path} = found;
		const place = visible(whereOf(found));
		const risk =
			path === undefined
				? ''
				: ` In plaintext${mode === undefined ? '' : `, mode ${octal(mode)}`}${isExposed(found) ? ': others can read it' : ''}.`;
		return {
			ticked,
			name: visible(name),
			provider: provider.id,
			id: shortId(visible(publicIdOf(provider, data))),
			state: visible(held ?? 'new'),
			where: place,
			about: `From ${place}.${risk}${held === undefined ? '' : ` Nothing to keep: it is ${visible(held)}.`}`,
		};
	});
}

/** Every line of the view, in its order, safe for a terminal and without any secret. */
export function importLines(screen: ImportScreen): readonly ImportLine[] {
	const none = {ticked: undefined, provider: '', id: ''};
	const refused = screen.refused.map(({where, label, reason}) => ({
		...none,
		name: visible(label === '' ? where : label),
		state: 'not importable',
		where: visible(where),
		about: visible(`${label === '' ? where : `${label} in ${where}`} ${reason}.`),
	}));
	const damaged = screen.damaged.map(({path, problem}) => ({
		...none,
		name: visible(path),
		state: 'left out',
		where: visible(path),
		about: visible(`${path} was left out: ${problem}.`),
	}));
	return [...foundLines(screen), ...refused, ...damaged];
}
