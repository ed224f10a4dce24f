import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../../../source/domain/secret.js';
import {EditPage} from '../../../../source/ui/screens/edit/edit-page.js';
import {failed, openedApp, played} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const page = viewer(['edit'], props => <EditPage {...props} />);

test('a wide window shows the form beside the list, a narrow one the form alone', () => {
	assert.match(page(played(openedApp({columns: 120}), 'e')), /Credentials 20[\s\S]*editing/);
	assert.doesNotMatch(page(played(openedApp(), 'e')), /Credentials 20/);
});

test('the manifest, the discard dialog and the conflict replace the form', () => {
	const written = {type: 'manifest-written', text: new Secret('kind: Credential\n')} as const;
	assert.match(page(played(openedApp(), 'e', 'ctrl+y', written)), /kind: Credential/);
	assert.match(page(played(openedApp(), 'e', 'x', 'esc')), /Discard the draft\?/);
	const conflict = failed('replace', 'conflict', 'somebody else was faster');
	assert.match(page(played(openedApp(), 'e', 'down', 'down', 'x', 'ctrl+s', conflict)), /meanwhile/);
});
