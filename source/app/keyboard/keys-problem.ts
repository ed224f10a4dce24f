import {isObject} from '../../domain/json.js';
import {type KeyChoices, keyList} from '../../domain/settings.js';
import {listed} from '../../domain/words.js';
import type {JsonPath, JsonProblem} from '../../text/json-reader.js';
import {nearest} from '../../text/nearest.js';
import {quotedName, unknownName} from '../../text/unknown-name.js';
import type {Binding} from '../core/binding.js';
import {graphemes, pressOf} from '../input/keys.js';
import {isEdit} from '../input/line-editor.js';
import {fixedKeys, isFixed, withChosenKeys} from './chosen-keys.js';
import {keymap, linesModes, textModes} from './modes.js';

type Keys = Pick<Binding, 'id' | 'keys' | 'danger'>;

const everywhere = 'everywhere';

/** Where text is typed, or may be typed ahead. */
const lettersAreText: readonly string[] = [...textModes, 'blocked', 'busy', 'first-run-weak', 'passphrase-weak'];

/** Keys that move a caret between lines. */
const lineKeys: readonly string[] = ['up', 'down', 'pageup', 'pagedown'];

const named = ['up', 'down', 'left', 'right', 'pageup', 'pagedown', 'home', 'end', 'delete'];
/** Terminals send ctrl with these letters as backspace, tab and enter. */
const sentAsOthers = ['h', 'i', 'j', 'm'];
const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const knownKeys: readonly string[] = [
	...['space', 'tab', 'shift+tab', 'backspace', ...fixedKeys],
	...named.flatMap(name => [name, `ctrl+${name}`, `alt+${name}`, `shift+${name}`]),
	...letters.filter(letter => !sentAsOthers.includes(letter)).map(letter => `ctrl+${letter}`),
];

const more = 'docs/keys.md lists them';

/** The first thing that is wrong with the keys that a settings file chooses; undefined when all of them apply. */
export function keysProblem(keys: unknown): JsonProblem | undefined {
	if (!isObject(keys)) return {path: ['keys'], on: 'value', says: '`keys` is an object of places'};
	for (const [place, commands] of Object.entries(keys)) {
		const problem = placeProblem(place, commands);
		if (problem !== undefined) return problem;
	}
	return clash(keys);
}

function placeProblem(place: string, commands: unknown): JsonProblem | undefined {
	const path = ['keys', place];
	const places = [everywhere, ...keymap.keys()];
	if (!places.includes(place)) return unknownName(path, 'place', places, more);
	if (!isObject(commands)) return {path, on: 'value', says: `\`${place}\` is an object of commands`};
	const modes = place === everywhere ? [...keymap.keys()] : [place];
	for (const [id, value] of Object.entries(commands)) {
		const problem = commandProblem([...path, id], id, modes, value);
		if (problem !== undefined) return problem;
	}
	return undefined;
}

function commandProblem(path: JsonPath, id: string, modes: readonly string[], value: unknown): JsonProblem | undefined {
	const known = modes.flatMap(mode => (keymap.get(mode) ?? []).map((binding: Keys) => ({mode, binding})));
	const meant = known.filter(({binding}) => binding.id === id);
	if (meant.length === 0) {
		const ids = [...new Set(known.map(({binding}) => binding.id))];
		return unknownName(path, modes.length === 1 ? `command of \`${modes[0]}\`` : 'command', ids, more);
	}
	const free = meant.filter(({mode, binding}) => !isFixed(keymap.get(mode) ?? [], binding));
	if (free.length === 0) return {path, on: 'name', says: `\`${id}\` keeps its keys, which are the same for everybody`};
	const isList = Array.isArray(value);
	const wrong = isList ? value.findIndex(each => typeof each !== 'string') : -1;
	if ((!isList && typeof value !== 'string') || wrong >= 0)
		return {path: wrong < 0 ? path : [...path, wrong], on: 'value', says: 'a key is a text, such as `ctrl+x`'};
	for (const [index, key] of keyList(value).entries()) {
		// It may be repeated where it is.
		if (free.every(({binding}) => binding.keys.includes(key))) continue;
		const says = keyProblem(key) ?? free.map(({mode, binding}) => problemIn(mode, binding, key)).find(each => each);
		if (says !== undefined) return {path: isList ? [...path, index] : path, on: 'value', says};
	}
	return undefined;
}

/** What is wrong with a key, whatever it is for. */
function keyProblem(key: string): string | undefined {
	const last = key === '+' ? key : (key.split('+').at(-1) ?? '');
	if (key === 'ctrl+c') return "`ctrl+c` always leaves: it can't be bound";
	if (fixedKeys.includes(last)) return `\`${last}\` means the same for everybody: it can't be bound`;
	if (knownKeys.includes(key) || isCharacter(key) || (key.startsWith('alt+') && isCharacter(key.slice(4))))
		return undefined;
	if (key.startsWith('shift+') && isCharacter(key.slice(6)))
		return 'a letter with shift is written as the capital letter';
	if (key.startsWith('ctrl+') && sentAsOthers.includes(last)) return `terminals send \`${key}\` as another key`;
	const meant = nearest(key, knownKeys);
	return `no key is called ${quotedName(key)}: ${meant === undefined ? more : `did you mean \`${meant}\`?`}`;
}

/** Whether a key is one visible character, or space. */
function isCharacter(key: string): boolean {
	return graphemes(key).length === 1 && !/\p{C}|\p{Z}/u.test(key.replace(' ', ''));
}

/** What is wrong with a key that may be bound, for this command in this mode. */
function problemIn(mode: string, {keys, danger}: Keys, key: string): string | undefined {
	if (keys.includes(key)) return undefined;
	if (isCharacter(key) && lettersAreText.includes(mode))
		return `a letter is text in \`${mode}\`: it can't be bound there`;
	if (textModes.includes(mode) && isEdit(pressOf(key))) return `\`${key}\` edits the text in \`${mode}\``;
	if (linesModes.includes(mode) && lineKeys.includes(key)) return `\`${key}\` moves in the text in \`${mode}\``;
	return danger === true && key === 'y' ? "`y` answers questions: it can't be what asks one" : undefined;
}

/** A key with two meanings in one mode, at the choice that gives it the second. */
function clash(keys: Readonly<Record<string, unknown>>): JsonProblem | undefined {
	const choices: KeyChoices = Object.fromEntries(
		Object.entries(keys).map(([place, commands]) => [
			place,
			Object.fromEntries(Object.entries(isObject(commands) ? commands : {}).map(([id, each]) => [id, keyList(each)])),
		]),
	);
	for (const [mode, bindings] of keymap) {
		const bound = withChosenKeys<Keys>(choices, mode, bindings);
		for (const [index, {id, keys: own}] of bound.entries()) {
			const others = bound.slice(0, index);
			const key = own.find(each => others.some(other => other.keys.includes(each)));
			const other = others.find(each => key !== undefined && each.keys.includes(key));
			if (key === undefined || other === undefined) continue;
			const ids = [id, other.id];
			const path = [mode, everywhere].flatMap(place =>
				ids.filter(each => choices[place]?.[each]?.includes(key)).map(each => ['keys', place, each]),
			)[0];
			const name = key === ' ' ? 'space' : key;
			return {
				path: path ?? ['keys'],
				on: 'value',
				says: `\`${name}\` is bound twice in \`${mode}\`: to ${listed(ids)}`,
			};
		}
	}
	return undefined;
}
