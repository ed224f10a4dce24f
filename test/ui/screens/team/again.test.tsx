import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lineOf} from '../../../../source/app/input/line-editor.js';
import {notAsked} from '../../../../source/app/screens/team/again.js';
import {AgainField, YesOrNo} from '../../../../source/ui/screens/team/again.js';
import {frameOf} from '../../../helpers/frame.js';
import {openedApp} from '../../../helpers/played.js';

const size = {columns: 40, rows: 4} as const;
const field = (screen: Partial<typeof notAsked>, isQuiet = false): string =>
	frameOf(<AgainField state={openedApp()} screen={{...notAsked, ...screen}} width={40} isQuiet={isQuiet} />, size);

test('the passphrase is hidden until it is shown', () => {
	assert.match(field({passphrase: lineOf('open')}), /❯ {2}Passphrase {2}••••/);
	assert.match(field({passphrase: lineOf('open'), shown: true}), /Passphrase {2}open/);
});

test('what runs takes its place, and a problem stands below', () => {
	assert.match(field({busy: true}), /Working/);
	assert.match(field({problem: 'wrong passphrase'}), /✖ wrong passphrase/);
	assert.doesNotMatch(field({problem: 'wrong'}, true), /Passphrase/);
});

test('a question has the key of no before that of yes', () => {
	assert.match(frameOf(<YesOrNo yes="remove" no="back" />, size), /esc back +y remove/);
});
