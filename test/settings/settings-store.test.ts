import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {keysProblem} from '../../source/app/keyboard/keys-problem.js';
import {defaultSettings} from '../../source/domain/settings.js';
import {settingsFile} from '../../source/platform/settings-file.js';
import {changedSettings, settingsStore, troubleLine, troubleText} from '../../source/settings/settings-store.js';

function storeOf(context: TestContext, text?: string) {
	const directory = mkdtempSync(path.join(tmpdir(), 'settings-'));
	context.after(() => rmSync(directory, {recursive: true, force: true}));
	const file = settingsFile(directory);
	if (text !== undefined) writeFileSync(file.path, text);
	let asked = 0;
	const store = settingsStore(file, async () => {
		asked++;
		return keysProblem;
	});
	return {store, file, asked: () => asked, saved: () => JSON.parse(readFileSync(file.path, 'utf8'))};
}

test('without a file the defaults apply, and the keymap is not loaded', async context => {
	const {store, asked} = storeOf(context);
	assert.deepEqual(await store.load(), {settings: defaultSettings});
	assert.equal(asked(), 0);
	const {store: plain, asked: plainAsked} = storeOf(context, '{"theme": "dark", "of a newer version": [1]}');
	assert.deepEqual(await plain.load(), {settings: {...defaultSettings, theme: 'dark'}});
	assert.equal(plainAsked(), 0);
});

test('keys and colours are read as they are written by hand', async context => {
	const {store} = storeOf(
		context,
		`{
			"theme": {"from": "dark", "accent": "#ff8800", "danger": "redBright"},
			"keys": {"list": {"delete": ["D", "space"], "mark": []}, "everywhere": {"lock": "ctrl+q"}}
		}`,
	);
	assert.deepEqual(await store.load(), {
		settings: {
			...defaultSettings,
			theme: 'dark',
			colours: {accent: '#ff8800', danger: 'redBright'},
			keys: {list: {delete: ['D', ' '], mark: []}, everywhere: {lock: ['ctrl+q']}},
		},
	});
});

test('a file with one error changes nothing, and the error has its file, line and column', async context => {
	const {store, file} = storeOf(context, '{\n  "theme": "dark",\n  "lockMinutes": 7\n}');
	const {settings, trouble} = await store.load();
	assert.deepEqual(settings, defaultSettings);
	assert.ok(trouble);
	const says = '`lockMinutes` is `1`, `2`, `5`, `10`, `15`, `30` or `60`';
	assert.equal(troubleText(trouble), `the defaults apply: \`${file.path}\`, line 3, column 18: ${says}`);
	assert.equal(troubleLine(trouble), `settings.json, line 3: ${says}`);
});

test('each kind of error says what is near, or what there is', async context => {
	const wrong: Readonly<Record<string, string>> = {
		'{"theme": "drak"}': '1:11 `theme`: did you mean `dark`?',
		'{"theme": 3}': '1:11 `theme` is `terminal`, `light`, `dark` or `high-contrast`',
		'{"theme": {"from": "pink"}}': '1:20 `from` is `terminal`, `light`, `dark` or `high-contrast`',
		'{"theme": {"acent": "#ff8800"}}': '1:12 no colour is called `acent`: did you mean `accent`?',
		'{"theme": {"accent": "#ff88"}}': '1:22 `accent`: a colour is `#rrggbb` or one of the terminal, such as `cyan`',
		'{"theme": {"accent": "magneta"}}': '1:22 `accent`: did you mean `magenta`?',
		'{"mouse": "true"}': '1:11 `mouse`: did you mean `true`?',
		'{"sort": "nam"}': '1:10 `sort`: did you mean `name`?',
		'{"columns": ["id", "x"]}': '1:20 a column is `provider`, `id`, `care`, `age`, `used` or `labels`',
		'{"vaults": []}': '1:12 `vaults` has paths in braces, by the names of vaults',
		'{"vaults": {"work": "work.json"}}': '1:21 a vault has its full path, or one that begins with `~/`',
		'{"vaults": {"work": 1}}': '1:21 a vault has its full path, or one that begins with `~/`',
		'{"vaults": {"a b": "/a"}}': '1:13 the name of a vault has only letters, digits, `.`, `_` and `-`',
		'{"vaults": {"Default": "/a"}}':
			"1:13 the name of a vault can't be `default`, which is the vault that needs no name",
		'{"vaults": {"a": "/a", "A": "/b"}}': '1:24 this name is there already, in another case',
		'["theme"]': '1:1 settings stand in braces',
		'{"theme": "dark",}': '1:18 the comma before this is too much',
	};
	for (const [text, expected] of Object.entries(wrong)) {
		const {at, says} = (await storeOf(context, text).store.load()).trouble ?? {};
		assert.equal(`${at?.line}:${at?.column} ${says}`, expected, text);
	}
});

test('saving keeps what was written by hand, and members of newer versions', async context => {
	const {store, saved} = storeOf(
		context,
		'{"newer": 1, "theme": {"from": "dark", "accent": "red"}, "keys": {"list": {"delete": "D"}}, "mouse": true}',
	);
	await store.save({lockMinutes: 10});
	await store.save({theme: 'light'});
	assert.deepEqual(saved(), {
		newer: 1,
		theme: {from: 'light', accent: 'red'},
		keys: {list: {delete: 'D'}},
		mouse: true,
		lockMinutes: 10,
	});
});

test('a file with an error is never written over', async context => {
	const text = '{"theme": "dark", "keys": {"lisst": {}}}';
	const {store, file} = storeOf(context, text);
	await assert.rejects(store.save({lockMinutes: 10}), {
		code: 'file',
		message: 'not saved: settings.json, line 1: no place is called `lisst`: did you mean `list`?',
		hint: 'what you chose applies until you quit',
	});
	assert.equal(readFileSync(file.path, 'utf8'), text);
});

test('a file that can not be read is said to be so', async context => {
	const {store, file} = storeOf(context);
	mkdirSync(file.path);
	const {trouble} = await store.load();
	assert.equal(trouble && troubleLine(trouble), "settings.json: it can't be read: it is not an ordinary file");
});

test('only what was changed is saved', () => {
	assert.deepEqual(changedSettings(defaultSettings, {...defaultSettings, mouse: true}), {mouse: true});
	assert.deepEqual(changedSettings(defaultSettings, defaultSettings), {});
});

test('the list of vaults counts also where another member has an error, and is never guessed', async context => {
	const {store} = storeOf(context, '{"theme": "drak", "vaults": {"work": "/w.json", "home": "~/h.json"}}');
	assert.deepEqual(store.vaults(), {work: '/w.json', home: '~/h.json'});
	assert.deepEqual(storeOf(context).store.vaults(), {});
	for (const text of ['{"vaults": ', '{"vaults": {"work": "w.json"}}']) {
		const {store: wrong, file} = storeOf(context, text);
		assert.throws(
			() => wrong.vaults(),
			(error: Error) =>
				error.message.startsWith(`which vault has that name is not known: \`${file.path}\`: line 1, column `),
		);
	}
});

test('a list of vaults is saved beside what was written by hand', async context => {
	const {store, saved} = storeOf(context, '{"newer": 1, "vaults": {"work": "/w.json"}}');
	await store.save({vaults: {home: '/h.json'}});
	assert.deepEqual(saved(), {newer: 1, vaults: {home: '/h.json'}});
});
