import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PassphraseField} from '../../../source/ui/components/passphrase-field.js';
import {linesOf} from '../../helpers/frame.js';
import {lineOf} from '../../helpers/line.js';

const field = (text: string, {shown = false, focused = true, width = 40, ascii = false} = {}): string =>
	linesOf(<PassphraseField label="Passphrase" line={lineOf(text)} shown={shown} focused={focused} width={width} />, {
		ascii,
	}).join('\n');

test('a passphrase is masked, and its field has the cursor', () => {
	assert.equal(field('open sesame'), '❯  Passphrase  •••••••••••');
});

test('a passphrase is in clear only when it is shown, with and without the focus', () => {
	assert.equal(field('open sesame', {shown: true}), '❯  Passphrase  open sesame');
	assert.equal(field('open sesame', {shown: true, focused: false}), '   Passphrase  open sesame');
	assert.equal(field('open sesame', {focused: false}), '   Passphrase  •••••••••••');
});

test('a mask is no wider than the row, with and without the focus', () => {
	const long = 'x'.repeat(100);
	assert.equal(field(long), `❯  Passphrase  ${'•'.repeat(24)}`);
	assert.equal(field(long, {focused: false}), `   Passphrase  ${'•'.repeat(25)}`);
});

test('an empty field shows only its label', () => {
	assert.equal(field('', {focused: false}), '   Passphrase');
});

test('a mask is drawn in ASCII on an ASCII terminal', () => {
	assert.equal(field('abc', {ascii: true}), '>  Passphrase  ***');
});
