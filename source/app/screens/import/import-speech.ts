import {spokenNames} from '../../core/path-completion.js';
import {placed, sentence} from '../../core/spoken-words.js';
import type {State} from '../../core/state.js';
import {importLines} from './import-lines.js';
import {foundIn, nothingNew, tickedRows} from './import-rows.js';
import type {ImportScreen} from './import-screen.js';

/** The line under the cursor. */
export const importItem = (_: State, screen: ImportScreen): string =>
	(screen.asking && spokenNames(screen.asking.line, screen.asking.completion)) ||
	placed(importLines(screen), screen.choice, ({ticked, name, state: how, about}) =>
		sentence(ticked === undefined ? '' : ticked ? 'ticked' : 'not ticked', name, how, about),
	);

/** What was found, or the question. */
export function importBody(state: State, screen: ImportScreen): readonly string[] {
	if (screen.busy) return ['Looking around on this machine.'];
	if (screen.asking !== undefined)
		return [screen.asking.what === 'name' ? 'What should it be called?' : 'Which file or directory?'];
	const lines = importLines(screen);
	if (lines.length === 0) return ['Nothing was found on this machine. o looks in another file or directory.'];
	const known = nothingNew(screen);
	if (known !== undefined) return [sentence(foundIn(screen), `${lines.length}`, known), importItem(state, screen)];
	return [
		`${foundIn(screen)}: ${lines.length}, ${tickedRows(screen).length} ticked to keep`,
		importItem(state, screen),
	];
}
