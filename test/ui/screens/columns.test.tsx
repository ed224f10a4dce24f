import assert from 'node:assert/strict';
import {test} from 'node:test';
import {defaultSettings} from '../../../source/domain/settings.js';
import {BrowseView} from '../../../source/ui/screens/browse/browse.js';
import {ColumnsView} from '../../../source/ui/screens/columns.js';
import {picture} from '../../helpers/frame.js';
import {openedApp, played, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const columns = viewer(['columns'], props => <ColumnsView {...props} />);
const browse = viewer(['list', 'detail'], props => <BrowseView {...props} />);
const head = (state: Parameters<typeof browse>[0]): string => browse(state).split('\n')[1] ?? '';

test('c shows the columns in the order of their importance, and why one is not in the list', () => {
	assert.equal(
		columns(played(openedApp({rows: 14}), 'c')),
		picture`
			╭─ Columns ────────────────────────────────────────╮
			│ ❯ [x] provider                                   │
			│   [x] id                                         │
			│   [x] health                                     │
			│   [x] age                                        │
			│   [x] used                                       │
			│   [x] labels   no room now                       │
			│                                                  │
			│ The name is always there. Without room for all,  │
			│ the lower ones give way first.                   │
			╰──────────────────────────────────────────────────╯
		`,
	);
});

test('space hides a column at once and shows it again where it was', () => {
	const hidden = played(openedApp(), 'c', 'j', ' ', 'esc');
	assert.match(head(hidden), /name +provider +age +used +health/);
	assert.match(head(played(hidden, 'c', 'j', 'enter', 'esc')), /name +provider +id +age +used +health/);
});

test('without all of them the list is one of names', () => {
	const names = openedApp({settings: {...defaultSettings, columns: []}});
	assert.match(head(names), /^│ {3}name +│$/);
});

test('the smallest window shows the columns around the selected one', () => {
	const frame = columns(played(openedApp(smallest), 'c', 'j', 'j', 'j', 'j', 'j'));
	assert.match(frame, /❯ \[x\] labels +no room now/);
	// The rows that can be chosen come before what is said of them.
	assert.equal(frame.match(/\[x\]/g)?.length, 5);
});
