import type {Guide} from '../../../providers/provider.js';
import {wrap} from '../../layout/text.js';

export type GuideLine = {
	readonly text: string;
	readonly kind: 'title' | 'command' | 'text';
	/** The index of the guide's command this line is part of. */
	readonly command?: number;
};

/** A guide's commands, ready to run. */
export function guideCommands(guide: Guide): readonly string[] {
	return guide.sections.flatMap(({lines, commands}) => (commands ? lines : []));
}

/** The guide as rows that fit into `columns` cells. Commands have no frame, so that they can be selected and copied. */
export function guideLines(guide: Guide, columns: number): readonly GuideLine[] {
	const rows = (text: string, indent: string, kind: GuideLine['kind'], cells = columns): readonly GuideLine[] =>
		wrap(text, cells - indent.length - 1).map((row, index) => ({
			text: `${index === 0 ? indent : ' '.repeat(indent.length)}${row}`,
			kind,
		}));
	let count = 0;
	// A wrapped command ends its rows with the shell's continuation, so that a selection of it runs.
	const command = (text: string): readonly GuideLine[] => {
		const parts = rows(text, '  ', 'command', columns - 2);
		const command = count++;
		return parts.map((row, index) => ({
			...row,
			command,
			text: index < parts.length - 1 ? `${row.text} \\` : row.text,
		}));
	};
	const sections = guide.sections.flatMap(({title, lines, commands}) => [
		...rows('', '', 'text'),
		...rows(title, ' ', 'title'),
		...lines.flatMap((line, index) =>
			commands ? command(line) : rows(line, ` ${String(index + 1).padStart(2)}. `, 'text'),
		),
	]);
	return [...rows(guide.summary, ' ', 'text'), ...sections];
}
