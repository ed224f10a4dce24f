import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {pressOf} from '../../../source/app/input/keys.js';
import {width} from '../../../source/app/layout/text.js';
import {afterEvent, newPicker, type Picker, type PickerEvent} from '../../../source/app/picker/picker.js';
import {pickerFrame} from '../../../source/app/picker/picker-lines.js';
import {Secret} from '../../../source/domain/secret.js';
import {awsContent, secretKey, storedCredential} from '../../helpers/credentials.js';

const now = new Date('2026-03-01T12:00:00Z');
const aws = (name: string) =>
	storedCredential(
		name,
		awsContent(name, {secretAccessKey: `${secretKey.slice(0, 30)}${name.replace('-', '/').padEnd(10, 'x')}`}),
	);
const credentials = ['prod-10', 'prod-2', 'backup', 'dns', 'staging'].map(aws);
const size = {columns: 80, rows: 24};
const start = (given = credentials, window = size) => newPicker('copy', given, window, now);

const key = (name: string): PickerEvent => ({type: 'key', press: pressOf(name)});
const keysOf = (text: string): readonly PickerEvent[] => [...text].map(key);

/** The picker after events, none of which ends it. */
function after(picker: Picker, ...events: readonly PickerEvent[]): Picker {
	return events.reduce((before, event) => {
		const next = afterEvent(before, event);
		assert.ok(!('end' in next));
		return next;
	}, picker);
}

/** Its end by an event; undefined when it goes on. */
function endOf(picker: Picker, event: PickerEvent): string | undefined {
	const next = afterEvent(picker, event);
	if (!('end' in next)) return undefined;
	return typeof next.end === 'string' ? next.end : next.end.name;
}

/** What it looks like: matches in brackets. */
function picture(picker: Picker): string {
	return pickerFrame(picker)
		.lines.map(({parts}) => parts.map(({text, tone}) => (tone === 'found' ? `[${text}]` : text)).join(''))
		.map(line => line.trimEnd())
		.join('\n');
}

test('it shows all by name, then what matches, the matches marked', () => {
	assert.equal(
		picture(start()),
		[
			'copy: type to find, enter takes it, esc leaves       5 of 5',
			'❯ backup  aws AKIA…P4Q5',
			'  dns     aws AKIA…P4Q5',
			'  prod-2  aws AKIA…P4Q5',
			'  prod-10 aws AKIA…P4Q5',
			'  staging aws AKIA…P4Q5',
		].join('\n'),
	);
	const found = after(start(), ...keysOf('prod'), key('down'));
	assert.equal(
		picture(found),
		`copy: prod                                           2 of 5
  [prod]-2  aws AKIA…P4Q5
❯ [prod]-10 aws AKIA…P4Q5`.concat('\n\n\n'),
	);
	assert.match(picture(after(start(), ...keysOf('nobody'))), /0 of 5\n {2}nothing matches\n\n\n\n$/);
});

test('enter takes the chosen one, and nothing where nothing matches', () => {
	assert.equal(endOf(start(), key('enter')), 'backup');
	assert.equal(endOf(after(start(), key('down'), key('ctrl+n'), key('up')), key('enter')), 'dns');
	assert.equal(endOf(after(start(), ...keysOf('provider:aws stag')), key('enter')), 'staging');
	assert.equal(endOf(after(start(), ...keysOf('nobody')), key('enter')), undefined);
	assert.equal(endOf(start(), key('esc')), 'cancelled');
	assert.equal(endOf(start(), key('ctrl+d')), 'cancelled');
	assert.equal(endOf(after(start(), key('a')), key('ctrl+d')), undefined, 'it deletes in a text');
	assert.equal(endOf(start(), key('ctrl+c')), 'interrupted');
});

test('a paste of one line is looked for, and one of several lines changes nothing', () => {
	const paste = (text: string): PickerEvent => ({type: 'paste', text});
	assert.equal(endOf(after(start(), paste('stag\r')), key('enter')), 'staging');
	assert.equal(picture(after(start(), paste('a\rb'))), picture(start()));
	assert.equal(picture(after(start(), paste('x'.repeat(100_000)))), picture(start()));
});

test('the hint for what needs care is there where there is room', () => {
	const picker = start([{...aws('old'), expires: '2026-01-01'}, aws('new')]);
	assert.match(picture(picker), /old aws AKIA…P4Q5 expired/);
	assert.doesNotMatch(picture(after(picker, {type: 'resize', size: {columns: 25, rows: 24}})), /expired/);
});

test('it fits every window, whatever is typed and stored', () => {
	const data = new Map([['accessKeyID', new Secret('\u001b[31m漢字'.repeat(9))]]);
	const hostile = [storedCredential('a'.repeat(63), {data}), ...credentials, ...['x1', 'x2', 'x3'].map(aws)];
	const event = fc.oneof(
		fc.constantFrom('down', 'up', 'pagedown', 'pageup', 'left', 'home', 'backspace', 'ctrl+w').map(key),
		fc.constantFrom('a', '漢', '👩‍👩‍👧', '\u202e', ' ').map(key),
		fc
			.record({columns: fc.integer({min: 1, max: 120}), rows: fc.integer({min: 1, max: 30})})
			.map((window): PickerEvent => ({type: 'resize', size: window})),
	);
	fc.assert(
		fc.property(fc.array(event, {maxLength: 40}), events => {
			const picker = after(start(hostile), ...events);
			const {columns, rows} = picker.size;
			const {lines, caret} = pickerFrame(picker);
			assert.ok(lines.length >= 1 && lines.length <= Math.max(1, Math.min(8, rows - 1)), `${lines.length} lines`);
			for (const {parts} of lines) {
				const text = parts.map(part => part.text).join('');
				assert.ok(width(text) <= Math.max(3, columns - 1), `${JSON.stringify(text)} in ${columns}`);
				assert.doesNotMatch(text, /[\u0000-\u001f\u202e]/);
			}
			assert.ok(caret >= 0 && caret < Math.max(2, columns), `caret at ${caret} of ${columns}`);
			assert.ok(picker.found.length === 0 || lines.filter(({isChosen}) => isChosen).length === (rows > 2 ? 1 : 0));
		}),
	);
});
