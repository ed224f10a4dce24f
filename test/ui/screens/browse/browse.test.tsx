import assert from 'node:assert/strict';
import {test} from 'node:test';
import {BrowseView} from '../../../../source/ui/screens/browse/browse.js';
import {openedApp, played} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const browse = viewer(['list', 'detail'], props => <BrowseView {...props} />);

test('a narrow window shows either the list or the detail', () => {
	const list = browse(openedApp());
	assert.match(list, /╭─ Credentials 20/);
	assert.doesNotMatch(list, /Access key ID/);
	const detail = browse(played(openedApp(), 'enter'));
	assert.match(detail, /Access key ID/);
	assert.doesNotMatch(detail, /Credentials 20/);
});

test('a wide window shows the list and the detail, whichever has the focus', () => {
	for (const keys of [[], ['enter']]) {
		const shown = browse(played(openedApp({columns: 120}), ...keys));
		assert.match(shown, /╭─ Credentials 20/);
		assert.match(shown, /Access key ID/);
	}
});
