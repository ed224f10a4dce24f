import assert from 'node:assert/strict';
import {test} from 'node:test';
import {footerBindings} from '../../../../source/app/keyboard/footer.js';
import {providerOf} from '../../../../source/providers/catalog.js';
import {GuideView} from '../../../../source/ui/screens/wizard/guide.js';
import {picture} from '../../../helpers/frame.js';
import {openedApp, played, smallest} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const invented = {
	summary: 'Make a key of its own for pharmer.',
	page: 'https://example.com/keys',
	revoke: 'https://example.com/keys',
	sections: [
		{title: 'With the command', commands: true, lines: ['tool key create', 'tool key allow --everything --to pharmer']},
		{title: 'In the console', commands: false, lines: ['Open Keys.', 'Make one; its secret is shown only once.']},
	],
};

/** The invented guide from a row on, with one of its commands chosen. */
const guide = (window = {}, top = 0, choice = 0): string =>
	viewer(['list'], ({layout}) => <GuideView guide={invented} top={top} choice={choice} layout={layout} />)(
		openedApp(window),
	);

/** The guide of AWS, as the wizard opens it. */
const ofAws = viewer(['wizard'], ({screen, layout}) => {
	const {guide} = providerOf('aws');
	return guide && screen.guide && <GuideView guide={guide} {...screen.guide} layout={layout} />;
});

test('a guide shows commands without a frame, a cursor at the selected one, and numbered steps', () => {
	assert.equal(
		guide(),
		picture`
			 Make a key of its own for pharmer.

			 With the command
			❯ tool key create
			  tool key allow --everything --to pharmer

			 In the console
			  1. Open Keys.
			  2. Make one; its secret is shown only once.
		`,
	);
});

test('a narrow window continues a command after a backslash, with the cursor on both rows', () => {
	assert.equal(
		guide({columns: 40}, 0, 1),
		picture`
			 Make a key of its own for pharmer.

			 With the command
			  tool key create
			❯ tool key allow --everything --to \\
			❯ pharmer

			 In the console
			  1. Open Keys.
			  2. Make one; its secret is shown only
			     once.
		`,
	);
});

test('a guide shows the rows that fit the window, from the scrolled one on', () => {
	const rows = guide(smallest, 3).split('\n');
	assert.equal(rows.length, 7);
	assert.match(rows[0] ?? '', /tool key create/);
});

test('tab selects the next command and scrolls to it', () => {
	const opened = played(openedApp({columns: 40, rows: 15}), 'n', 'ctrl+g');
	assert.match(ofAws(opened), /^❯ aws iam create-group --group-name \\\n❯ pharmer$/m);
	const next = ofAws(played(opened, 'tab'));
	assert.match(next, /^❯ aws iam attach-group-policy \\$/m);
	assert.match(next, /^ {2}aws iam create-group/m);
});

test('the guide for AWS warns of its broad policies before the first command', () => {
	const frame = ofAws(played(openedApp(), 'n', 'ctrl+g')).replaceAll(/\s+/g, ' ');
	assert.match(frame, /Warning: IAMFullAccess lets .* Attach only the policies you need.*aws iam create-group/);
});

test('end scrolls the guide for AWS to its last row', () => {
	const end = ofAws(played(openedApp({rows: 14}), 'n', 'ctrl+g', 'end'));
	assert.match(end, /Copy both keys or download the \.csv file: the secret is shown only once\.$/);
});

test('the footer offers to scroll until the end of the guide is in view', () => {
	const titles = (...keys: readonly string[]) =>
		footerBindings(played(openedApp(), 'n', 'ctrl+g', ...keys)).map(({title}) => title);
	assert.ok(titles().includes('scroll'));
	assert.ok(!titles('end').includes('scroll'));
	assert.ok(titles('end', 'up').includes('scroll'));
});
