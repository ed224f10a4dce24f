import {contentOfFound, type FoundCredential, type Look, suggestedNames, whereOf} from '../../../credentials/found.js';
import type {Credential} from '../../../domain/credential.js';
import {plural} from '../../../domain/words.js';
import {visible} from '../../../text/visible.js';
import type {Binding} from '../../core/binding.js';
import type {Failure} from '../../core/failure.js';
import {failureText} from '../../core/failure.js';
import {moveChoice, pageKeys, rowKeys} from '../../core/moves.js';
import {onCompleted} from '../../core/path-completion.js';
import {fixedPrompt, inputPrompt} from '../../core/prompt.js';
import {quit} from '../../core/quit.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import {lineTyping, refused} from '../../core/typing.js';
import {emptyLine} from '../../input/line-editor.js';
import {layout} from '../../layout/layout.js';
import {listScreen} from '../browse/browse-screen.js';
import type {Room} from '../room.js';
import {taskHelpKey} from '../shared-keys.js';
import {leaveApp} from '../wizard/leaving.js';
import {resumed} from '../wizard/review.js';
import {isWizardDirty, type WizardScreen} from '../wizard/wizard-screen.js';
import {closeKey} from './close.js';
import {askedPath, askingKeys, rename} from './import-asking.js';
import {nothingNew, tickedRows, withHeld, withRow} from './import-rows.js';
import type {ImportRow, ImportScreen} from './import-screen.js';
import {importBody, importItem} from './import-speech.js';

/** Looks for credentials on this machine; the screen waits. */
export function openImport(state: State, paths: readonly string[] = [], kinds: readonly string[] = []): Step {
	const screen: ImportScreen = {kind: 'import', paths, refused: [], damaged: [], choice: 0, busy: true};
	return step(show(state, screen), {type: 'look', paths, kinds});
}

/** Shows what was found in a paste, to choose from; going back returns to the wizard. */
export function openFound(state: State, look: Look, wizard: WizardScreen): Step {
	const screen: ImportScreen = {kind: 'import', paths: [], refused: [], damaged: [], choice: 0, busy: true, wizard};
	return onLooked(state, screen, look);
}

const placeOf = ({provider, kind, ...found}: FoundCredential): string => `${provider.id} ${kind} ${whereOf(found)}`;

/** Adds new finds to earlier ones, with everything new ticked but what belongs to no known provider. */
function onLooked(state: State, screen: ImportScreen, look: Look): Step {
	const {rows: before = []} = screen;
	const known = new Set(before.map(({found}) => placeOf(found)));
	const offers = look.refused.flatMap(({offer}) => offer ?? []);
	const found = [...look.found, ...offers].filter(each => !known.has(placeOf(each)));
	const names = suggestedNames(
		found,
		state.credentials,
		before.map(({name}) => name),
	);
	const fresh = found.flatMap((each, index): readonly ImportRow[] => {
		const name = names[index];
		return name === undefined ? [] : [{found: each, name, ticked: each.offered !== true}];
	});
	const looked: ImportScreen = {
		...screen,
		rows: [...before, ...fresh],
		refused: union(
			screen.refused,
			look.refused.filter(({offer}) => offer === undefined),
		),
		damaged: union(screen.damaged, look.damaged),
		choice: fresh.length === 0 ? Math.min(screen.choice, Math.max(0, before.length - 1)) : before.length,
		asking: undefined,
		problem: undefined,
		busy: false,
	};
	const shown = show(state, withHeld(looked, state.credentials));
	const nothing = before.length > 0 && fresh.length === 0;
	return step(nothing ? say(shown, 'note', `Nothing more was found in ${visible(screen.paths.join(', '))}.`) : shown);
}

/** Both lists, without items of the second that are in the first. */
function union<Item>(before: readonly Item[], more: readonly Item[]): readonly Item[] {
	const known = new Set(before.map(each => JSON.stringify(each)));
	return [...before, ...more.filter(each => !known.has(JSON.stringify(each)))];
}

/** The number of lines to move through: finds, then what can't be imported. */
function lineCount({rows = [], refused, damaged}: ImportScreen): number {
	return rows.length + refused.length + damaged.length;
}

/** Returns to where it was opened from, or leaves the app when it was opened for this. */
function leave(state: State, {wizard}: ImportScreen): Step {
	if (wizard !== undefined) return resumed(state, wizard);
	return state.start.kind === 'import' ? quit(state) : step(show(state, listScreen));
}

function tick(state: State, screen: ImportScreen): Step {
	const row = screen.rows?.[screen.choice];
	if (row === undefined) return step(say(state, 'note', "That can't be kept; the reason stands below."));
	if (row.held !== undefined) return step(say(state, 'note', `Nothing to keep: it is ${visible(row.held)}.`));
	const next = Math.min(screen.choice + 1, lineCount(screen) - 1);
	return step(show(state, {...withRow(screen, screen.choice, {ticked: !row.ticked}), choice: next}));
}

/** Ticks all new finds of known providers, or none when all are ticked. */
function tickAll(state: State, screen: ImportScreen): Step {
	const rows = screen.rows ?? [];
	// What belongs to no known provider is kept only by who ticks that row.
	const isNew = ({held, found}: ImportRow): boolean => held === undefined && found.offered !== true;
	const all = rows.filter(isNew).every(({ticked}) => ticked);
	const ticked = rows.map(row => (isNew(row) ? {...row, ticked: !all} : row));
	return step(show(state, {...screen, rows: ticked}));
}

/** Imports the ticked finds under free names: another program may have taken one in the meantime. */
function keep(state: State, screen: ImportScreen): Step {
	const ticked = tickedRows(screen);
	if (ticked.length === 0) return step(say(state, 'note', 'Nothing is ticked: space ticks, a ticks all that is new.'));
	const contents = ticked.map(({found, name}) => contentOfFound(found, name));
	return step(show(state, {...screen, busy: true}), {type: 'add', contents});
}

/** The imported credentials are saved: go to the list, or leave the app when it was opened for this. */
function onImported(state: State, screen: ImportScreen, credentials: readonly Credential[]): Step {
	const count = credentials.length;
	if (state.start.kind === 'import') return step(state, {type: 'quit', outcome: {kind: 'imported', count}});
	const what = count === 1 ? (credentials[0]?.name ?? '') : plural(count, 'credential');
	// What was kept still lies in clear where it was found.
	const files = new Set(
		tickedRows(screen).flatMap(({found: {path}, closed}) => (closed === undefined ? (path ?? []) : [])),
	);
	const next = files.size === 0 ? '' : ` i, then c closes ${files.size === 1 ? 'its file' : 'their files'}.`;
	return step(say(show(state, listScreen), 'done', `Kept ${what}; z undoes it.${next}`));
}

function onFailure(state: State, screen: ImportScreen, failure: Failure): Step {
	const {asking} = screen;
	const text = failureText(failure);
	if (asking !== undefined) return step(show(state, {...screen, busy: false, asking: {...asking, problem: text}}));
	// With nothing else to show, the view has room for the whole message.
	if (screen.rows === undefined) return step(show(state, {...screen, rows: [], problem: text, busy: false}));
	return step(say(show(state, {...screen, busy: false}), 'error', text));
}

const move = moveChoice<ImportScreen>((_, screen) => lineCount(screen));

type Act = Pick<Binding<ImportScreen>, 'off' | 'run'>;

const noFinds = ({rows = []}: ImportScreen): string | undefined =>
	rows.length === 0 ? 'nothing was found to keep' : undefined;

/** What a key does with a find; disabled while there are none. */
function withFinds(run: Binding<ImportScreen>['run']): Act {
	return {off: (_, screen) => noFinds(screen), run};
}

/** What a key does with all that is new; disabled while nothing is. */
function withNew(run: Binding<ImportScreen>['run']): Act {
	return {off: (_, screen) => noFinds(screen) ?? nothingNew(screen), run};
}

const keys: readonly Binding<ImportScreen>[] = [
	...rowKeys(move),
	...pageKeys(move, ({size}) => layout(size).paneHeight - 4),
	{
		id: 'mark',
		keys: [' '],
		title: 'tick',
		says: 'ticks it to be kept, or not',
		group: 'Act',
		footer: 12,
		...withFinds(tick),
	},
	{
		id: 'mark-all',
		keys: ['a'],
		title: 'tick all',
		says: 'ticks all that are new, or none',
		group: 'Act',
		footer: 9,
		...withNew(tickAll),
	},
	{
		id: 'submit',
		keys: ['enter'],
		title: 'keep them',
		says: 'keeps what is ticked in the vault',
		group: 'Act',
		footer: 13,
		...withNew(keep),
	},
	{
		id: 'rename',
		keys: ['R', 'e'],
		title: 'rename',
		says: 'gives it another name before it is kept',
		group: 'Act',
		footer: 8,
		...withFinds(rename),
	},
	closeKey,
	{
		id: 'look',
		keys: ['o'],
		title: 'look elsewhere',
		says: 'looks in a file or directory that you name',
		group: 'Find',
		footer: 10,
		run: (state, screen) => step(show(state, {...screen, asking: {what: 'path', line: emptyLine}})),
	},
	{
		id: 'back',
		keys: ['esc', 'q', 'h', 'left'],
		title: 'back',
		says: 'goes back; nothing more is kept',
		group: 'Leave',
		footer: 11,
		run: leave,
	},
	taskHelpKey,
];

/** Whether it waits for a look, which may be stopped; the one write of a save may not. */
function isLooking({rows, asking, busy}: ImportScreen): boolean {
	return busy && (rows === undefined || asking !== undefined);
}

/** Stops a look: goes back to what was found before, or leaves. */
function stopLook(state: State, screen: ImportScreen): Step {
	const back = screen.rows === undefined ? leave(state, screen) : step(show(state, {...screen, busy: false}));
	return {...back, effects: [...back.effects, {type: 'stop-look'}]};
}

const stopKey: Binding<ImportScreen> = {
	id: 'back',
	keys: ['esc'],
	title: 'stop looking',
	says: 'stops looking and goes back',
	group: 'Leave',
	footer: 5,
	run: stopLook,
};

export const importRoom: Room<ImportScreen, 'import' | 'import-asking'> = {
	mode: ({asking}) => (asking === undefined ? 'import' : 'import-asking'),
	keys: {import: keys, 'import-asking': askingKeys},
	typing: (state, {asking, ...screen}) =>
		asking &&
		lineTyping(
			asking.line,
			line => show(state, {...screen, asking: {what: asking.what, line}}),
			() => refused(state, 'this'),
		),
	noTyping: () => 'Paste ignored: nothing is typed here. o takes a path.',
	onFailure,
	onResult(state, screen, result) {
		if (result.type === 'path-completed') return onCompleted(state, screen, result, askedPath);
		return result.type === 'looked' ? onLooked(state, screen, result.look) : undefined;
	},
	onReloaded: (state, screen) => step(show(state, withHeld(screen, state.credentials))),
	onSaved: (state, screen, change) =>
		change.kind === 'added' ? onImported(state, screen, change.credentials) : step(state),
	saysWork: ({rows}) => rows === undefined,
	busyKeys: screen => (isLooking(screen) ? [stopKey] : []),
	leavesAtOnce: true,
	quit: (state, {wizard}) => (wizard === undefined ? quit(state) : leaveApp(state, wizard)),
	hasDraft: (state, {wizard}) => wizard !== undefined && isWizardDirty(state, wizard),
	afterLock: screen => ({...screen, rows: screen.rows ?? [], asking: undefined, busy: false}),
	crumbs: () => ['import'],
	spoken: {
		place: ({asking}) => (asking === undefined ? 'import' : `import ${asking.what}`),
		body: importBody,
		item: importItem,
		itemKey(_, {rows, choice, asking}) {
			const row = rows?.[choice];
			const names = asking?.completion?.names.join(' ') ?? '';
			return `${choice} ${row?.ticked} ${row?.name} ${rows?.length} ${names}`;
		},
		problem: ({asking}) => asking?.problem,
		prompt: (_, {asking}) => (asking === undefined ? fixedPrompt('import') : inputPrompt(asking.what, asking.line)),
	},
};
