import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type NewPassphrase, noPassphrase} from '../../../source/app/screens/new-passphrase.js';
import {NewPassphraseFields} from '../../../source/ui/components/new-passphrase-fields.js';
import {linesOf} from '../../helpers/frame.js';
import {lineOf} from '../../helpers/line.js';

const fields = (typed: Partial<NewPassphrase>, compact = false): readonly string[] =>
	linesOf(
		<NewPassphraseFields
			typed={{...noPassphrase, ...typed}}
			label="New"
			work="Working"
			now={0}
			width={60}
			compact={compact}
		/>,
	)
		.map(line => line.trimEnd())
		.filter((line, index, {length}) => line !== '' || index < length - 1);

test('both fields are masked, with the strength below them', () => {
	assert.deepEqual(fields({passphrase: lineOf('horse'), again: lineOf('hor'), focus: 'again'}), [
		'   New         •••••',
		'❯  Once more   •••',
		'',
		'weak: easy to guess; use four or more random words',
	]);
});

test('both fields are shown or hidden together, whichever has the cursor', () => {
	const shown = {passphrase: lineOf('horse'), again: lineOf('hor'), shown: true};
	assert.deepEqual(fields({...shown, focus: 'again'}).slice(0, 2), ['   New         horse', '❯  Once more   hor']);
	assert.deepEqual(fields({...shown, focus: 'passphrase'}).slice(0, 2), ['❯  New         horse', '   Once more   hor']);
});

test('a problem stands below the strength, and in its place where there is little room', () => {
	const typed = {passphrase: lineOf('correct horse battery staple'), problem: 'they differ'};
	assert.deepEqual(fields(typed).slice(2), ['', 'strong: very hard to guess', '✖ they differ']);
	assert.deepEqual(fields(typed, true).slice(2), ['✖ they differ']);
});

test('without a passphrase there is advice, and while something is under way no field has the cursor', () => {
	assert.deepEqual(fields({}).slice(2), ['', 'Four or more random words are good.']);
	assert.deepEqual(fields({busy: true}, true), ['   New', '   Once more', '⠋ Working']);
});
