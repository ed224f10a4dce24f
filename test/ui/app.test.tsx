import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {createStore} from '../../source/app/loop/store.js';
import {App} from '../../source/ui/app.js';
import {storedCredential} from '../helpers/credentials.js';
import {type FrameOptions, openFrame} from '../helpers/frame.js';
import {failed, firstStart, later, lockedApp, on, openedApp, played, smallest} from '../helpers/played.js';

type State = ReturnType<typeof openedApp>;

/** Lets what was asked for at once be done: React's effects, and events of the input. */
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** The whole app in a window of its state's size. What it asks of the world is not done, and its clock stands. */
async function openApp(context: TestContext, state: State, options: FrameOptions & {readonly linear?: boolean} = {}) {
	const {linear = false, ascii = false, ...size} = options;
	const store = createStore(state, () => {}, {now: () => state.now, at: () => () => {}});
	const frame = openFrame(
		<App store={store} spareRows={0} unicode={!ascii} color={false} linear={linear} onReady={() => {}} />,
		{...state.size, ...size},
	);
	context.after(() => {
		store.close();
		frame.close();
	});
	await turn();
	return {
		lines: frame.lines,
		text: (): string => frame.lines().join('\n'),
		async type(text: string): Promise<void> {
			frame.stdin.write(text);
			await turn();
		},
	};
}

/** The whole app, which shows one state after the other, all of them in a window of that size. */
function openStates(context: TestContext, first: State) {
	let state = first;
	const listeners = new Set<() => void>();
	const store = {
		getState: () => state,
		dispatch: () => {},
		subscribe(listener: () => void) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close: () => {},
	};
	const app = <App store={store} spareRows={0} unicode color={false} linear={false} onReady={() => {}} />;
	const frame = openFrame(app, first.size);
	context.after(() => frame.close());
	return (next: State): readonly string[] => {
		state = next;
		for (const listener of listeners) listener();
		frame.show(app);
		return frame.lines();
	};
}

/** What the whole app shows of a state. */
async function shown(context: TestContext, state: State, options: FrameOptions = {}): Promise<readonly string[]> {
	return (await openApp(context, state, options)).lines();
}

const made = storedCredential('made');
const low = {rows: 14};

test('every screen has its path in the header and its view below', context => {
	const restore = {
		credentials: [storedCredential('prod')],
		trash: [{...storedCredential('prod', {id: 'trashed'}), deleted: '2026-11-20T00:00:00Z'}],
	};
	const conflict = failed('replace', 'conflict', 'somebody else changed it', undefined, {credentials: []});
	const screens: readonly (readonly [State, place: string, view: RegExp])[] = [
		[firstStart(low), 'pharmer › welcome', /─ Welcome to pharmer ─/],
		[lockedApp(low), 'pharmer › locked', /─ The vault is locked ─/],
		[openedApp(low), 'pharmer', /^╭─ Credentials 20 /],
		[played(on('prod', low), 'enter'), 'pharmer › prod', /^╭─ prod /],
		[played(openedApp(low), 'T'), 'pharmer › trash', /^╭─ Trash 2 ─/],
		[played(openedApp(low), 'H'), 'pharmer › health', /^╭─ Health · /],
		[played(openedApp(low), ','), 'pharmer › settings', /─ Settings [─·]/],
		[played(on('prod', low), 'd'), 'pharmer › delete › prod', /─ Delete prod\? ─/],
		[played(openedApp(low), 'T', 'D'), 'pharmer › purge › 2 credentials', /─ Purge 2 credentials\? ─/],
		[played(on('prod', low), 'Y'), 'pharmer › copy › prod', /─ Copy which field of prod\? ─/],
		[played(on('prod', low), 'U'), 'pharmer › use › prod', /─ Use prod ─/],
		[played(on('prod', low), 't'), 'pharmer › label › prod', /─ Label prod ─/],
		[played(on('prod', low), 'x'), 'pharmer › export › prod', /─ Export prod ─/],
		[played(openedApp({...low, ...restore}), 'T', 'enter'), 'pharmer › restore › prod', /─ Restore prod ─/],
		[played(openedApp(low), 'i'), 'pharmer › import', /^╭─ On this machine ─/],
		[played(openedApp(low), 'n'), 'pharmer › new credential', /^╭─ New credential ─/],
		[played(openedApp(low), 'n', 'ctrl+g'), 'pharmer › new credential', /^Make a dedicated IAM user /],
		[played(openedApp(low), 'n', 'enter', 'x', 'ctrl+c'), 'pharmer › new credential', /─ Discard the draft\? ─/],
		[played(on('prod', low), 'e'), 'pharmer › edit › prod', /^╭─ prod · editing ─/],
		[played(on('prod', low), 'e', 'x', 'esc'), 'pharmer › edit › prod', /─ Discard the draft\? ─/],
		[
			played(on('dns', low), 'e', 'up', 'x', 'ctrl+s', conflict),
			'pharmer › edit › dns',
			/─ dns was deleted meanwhile ─/,
		],
		[played(on('prod', low), '?'), 'pharmer', /─ Keys and commands /],
	];
	const show = openStates(context, openedApp(low));
	for (const [state, place, view] of screens) {
		const [header = '', ...body] = show(state);
		assert.equal(header.trim().split('  ')[0], place);
		assert.match(body.join('\n').trimStart(), view, place);
	}
});

test('the detail stands beside the list from 100 columns on', async context => {
	const side = await shown(context, on('prod', {columns: 100, rows: 14}));
	assert.match(side[1] ?? '', /^╭─ Credentials 20 .*╮╭─ prod · ↓ \d+ more ─+╮$/);
	const page = await shown(context, on('prod', {columns: 99, rows: 14}));
	assert.match(page[1] ?? '', /^╭─ Credentials 20 [^╭]*╮$/);
});

test('a wide window edits a credential in the pane of its detail', async context => {
	const [, top = ''] = await shown(context, played(on('prod', {columns: 100}), 'e'));
	assert.match(top, /^╭─ Credentials 20.* ─+╮╭─ prod · editing ─+╮$/);
	const yaml = await shown(context, played(on('prod', {columns: 100}), 'e', 'ctrl+y'));
	assert.match(yaml.join('\n'), /⠋ Writing it as YAML/);
});

test('the header shows the number of credentials, the time to the lock and the time to clear the clipboard', context => {
	const rightOf = (show: (state: State) => readonly string[], state: State): string =>
		(show(state)[0] ?? '').trim().replace(/^pharmer( › prod)? */, '');
	const show = openStates(context, openedApp());
	const right = (state: State): string => rightOf(show, state);
	assert.equal(right(openedApp()), '20 credentials');
	assert.equal(right(openedApp({credentials: [made]})), '1 credential');
	assert.equal(right(lockedApp()), '› locked');
	const copied = {type: 'copied', what: 'it', secret: true, by: 'the clipboard', sure: true} as const;
	assert.equal(right(later(played(on('prod'), 'y', copied), 1_000)), 'clipboard 44 s · 20 credentials');
	assert.equal(right(later(openedApp(), 285_000)), 'locks in 15 s · 20 credentials');
	// In a small window where one is comes first.
	const small = openStates(context, openedApp(smallest));
	assert.equal(rightOf(small, played(on('prod', smallest), 'enter')), '');
	assert.equal(rightOf(small, openedApp(smallest)), '20 credentials');
});

test('the header marks the demo', async context => {
	assert.match((await shown(context, openedApp({demo: true})))[0] ?? '', /^ pharmer --demo /);
});

test('a window that is too small says how large it has to be', async context => {
	const lines = await shown(context, openedApp(), {columns: 39, rows: 10});
	assert.equal(lines.join('\n').trim(), 'make the window at least 40×10');
	assert.equal(
		(await shown(context, openedApp(), {columns: 20, rows: 3})).join('\n').trim(),
		'make the window at\nleast 40×10',
	);
	assert.match((await shown(context, openedApp(), smallest)).join('\n'), /Credentials 20/);
});

test('the last frame says only that the app is leaving', async context => {
	const lines = await shown(context, played(on('prod'), 'r', 'q'));
	assert.equal(lines.join('\n').trim(), 'pharmer\n leaving…');
});

test('every frame is as high as the window', async context => {
	for (const size of [smallest, {columns: 80, rows: 24}, {columns: 120, rows: 40}])
		assert.equal((await shown(context, openedApp(size))).length, size.rows);
});

test('keys that arrive in one read reach the app one after the other', async context => {
	const app = await openApp(context, openedApp());
	await app.type('jj');
	assert.match(app.text(), /│ ❯ ci-temporary /);
	await app.type('/prod');
	assert.match(app.text(), /│ \/ prod +2 of 20 │/);
	await app.type('\r');
	await app.type('\u001b[B');
	assert.match(app.text(), /│ ❯ prod-eu-cluster-autoscaler /);
});

test('a paste from the terminal never runs as keys', async context => {
	const app = await openApp(context, openedApp());
	await app.type('\u001b[200~dq\u001b[201~');
	assert.match(app.text(), /· Paste ignored: nothing is typed here\./);
	assert.match(app.text(), /Credentials 20/);
});

test('the app is drawn in ASCII on an ASCII terminal', async context => {
	const lines = await shown(context, on('prod', {columns: 110}), {ascii: true});
	assert.match(lines.join('\n'), /^[ -~\n]+$/);
});

test('the app is lines and a prompt for a screen reader', async context => {
	const app = await openApp(context, openedApp(), {linear: true});
	assert.match(app.text(), /^pharmer, for a screen reader\. ctrl\+l says the screen again\.\n/);
	assert.match(app.text(), /\nlist: *$/);
	await app.type('/');
	assert.match(app.text(), /\nfilter: *$/);
	assert.doesNotMatch(app.text(), /[╭│❯]/);
});
