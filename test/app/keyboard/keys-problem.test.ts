import assert from 'node:assert/strict';
import {test} from 'node:test';
import {keysProblem} from '../../../source/app/keyboard/keys-problem.js';
import {keymap} from '../../../source/app/keyboard/modes.js';

/** Where the problem is, and what it is. */
function problem(keys: unknown): string {
	const {path, on, says} = keysProblem(keys) ?? {path: [], on: '', says: 'none'};
	return `${path.slice(1).join('.')} ${on}: ${says}`;
}

const none = ' : none';

test('keys are chosen for a command of a place, or everywhere, one or several', () => {
	assert.equal(problem({}), none);
	assert.equal(problem({list: {delete: 'D', filter: ['F', 'alt+f']}}), none);
	assert.equal(problem({list: {sort: 'z', undo: 'S', mark: []}}), none);
	assert.equal(problem({detail: {back: ['b', 'esc']}}), none);
	assert.equal(problem({everywhere: {lock: 'ctrl+q', suspend: ['alt+z']}}), none);
	assert.equal(problem({edit: {save: ['alt+s', 'ctrl+s']}, list: {down: 'shift+down', mark: 'space'}}), none);
});

test('every default can be written down as it is', () => {
	for (const [mode, bindings] of keymap) {
		const ids = bindings.map(({id}) => id);
		const free = bindings.filter(({id}) => id !== 'cancel' && ids.filter(each => each === id).length === 1);
		const isQuestion = ids.includes('confirm');
		for (const {id, keys} of free) {
			if (isQuestion && (id === 'confirm' || id === 'back')) continue;
			const own = keys.filter(key => key !== 'esc' && key !== 'enter');
			assert.equal(problem({[mode]: {[id]: own}}), none, `${mode} ${id}`);
		}
	}
});

test('an unknown place, command or key names what is near', () => {
	assert.equal(problem({lisst: {}}), 'lisst name: no place is called `lisst`: did you mean `list`?');
	assert.equal(problem({zzz: {}}), 'zzz name: no place is called `zzz`: docs/keys.md lists them');
	assert.equal(
		problem({list: {delet: 'D'}}),
		'list.delet name: no command of `list` is called `delet`: did you mean `delete`?',
	);
	assert.equal(
		problem({everywhere: {locks: 'D'}}),
		'everywhere.locks name: no command is called `locks`: did you mean `lock`?',
	);
	assert.equal(problem({list: {delete: 'Ctrl+X'}}), 'list.delete value: no key is called that: did you mean `ctrl+x`?');
	assert.equal(
		problem({list: {delete: ['x', 'pagedwn']}}),
		'list.delete.1 value: no key is called `pagedwn`: did you mean `pagedown`?',
	);
});

test('what is no key is refused', () => {
	assert.equal(problem([]), ' value: `keys` is an object of places');
	assert.equal(problem({list: 'D'}), 'list value: `list` is an object of commands');
	assert.equal(problem({list: {delete: 7}}), 'list.delete value: a key is a text, such as `ctrl+x`');
	assert.equal(problem({list: {delete: ['D', 7]}}), 'list.delete.1 value: a key is a text, such as `ctrl+x`');
	for (const key of ['', 'ab', '\u0007', '\u200b', '\n', 'ctrl+1', 'f1', 'shift+ctrl+x'])
		assert.match(problem({list: {delete: key}}), /^list\.delete value: no key is called/, JSON.stringify(key));
	assert.match(problem({list: {delete: 'shift+d'}}), /a letter with shift is written as the capital letter$/);
	for (const key of ['ctrl+i', 'ctrl+m', 'ctrl+j', 'ctrl+h'])
		assert.match(problem({list: {delete: key}}), /terminals send `ctrl\+.` as another key$/);
});

test('esc, enter and ctrl+c mean the same for everybody', () => {
	for (const key of ['esc', 'enter', 'ctrl+enter'])
		assert.match(problem({list: {delete: key}}), /means the same for everybody: it can't be bound$/);
	assert.match(problem({list: {delete: 'ctrl+c'}}), /: `ctrl\+c` always leaves: it can't be bound$/);
	assert.match(
		problem({everywhere: {cancel: 'ctrl+q'}}),
		/name: `cancel` keeps its keys, which are the same for everybody$/,
	);
});

test('answers to a question keep their keys, and no key that asks one answers it', () => {
	for (const mode of ['discard', 'delete', 'passphrase-drop', 'close-asked', 'merge-leave'])
		for (const id of ['confirm', 'back'])
			assert.match(problem({[mode]: {[id]: 'ctrl+q'}}), /keeps its keys, which are the same for everybody$/);
	assert.equal(
		problem({list: {delete: 'y', 'copy-secret': 'c'}}),
		"list.delete value: `y` answers questions: it can't be what asks one",
	);
});

test('no letter is bound where text is typed, or may be typed ahead, and no key that edits it', () => {
	assert.match(problem({edit: {save: 's'}}), /a letter is text in `edit`: it can't be bound there$/);
	assert.match(problem({blocked: {retry: 'r'}}), /a letter is text in `blocked`/);
	assert.match(problem({everywhere: {back: 'b'}}), /a letter is text in /);
	assert.match(problem({edit: {save: 'space'}}), /a letter is text/);
	assert.match(problem({edit: {save: 'ctrl+w'}}), /`ctrl\+w` edits the text in `edit`$/);
	assert.match(problem({'edit-lines': {'next-field': 'down'}}), /`down` moves in the text in `edit-lines`$/);
});

test('a key that is bound twice in one mode names both commands', () => {
	assert.equal(
		problem({list: {delete: 'r'}}),
		'list.delete value: `r` is bound twice in `list`: to `delete` and `reveal`',
	);
	assert.equal(
		problem({list: {mark: 'X', delete: 'X'}}),
		'list.mark value: `X` is bound twice in `list`: to `mark` and `delete`',
	);
	assert.equal(
		problem({everywhere: {suspend: 'ctrl+s'}}),
		'everywhere.suspend value: `ctrl+s` is bound twice in `edit`: to `suspend` and `save`',
	);
	assert.match(problem({list: {delete: 'space'}}), /`space` is bound twice in `list`: to `mark` and `delete`$/);
});
