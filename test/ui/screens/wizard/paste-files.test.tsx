import assert from 'node:assert/strict';
import {test} from 'node:test';
import {footerBindings} from '../../../../source/app/keyboard/footer.js';
import {Secret} from '../../../../source/domain/secret.js';
import {PasteFilesView} from '../../../../source/ui/screens/wizard/paste-files.js';
import {picture} from '../../../helpers/frame.js';
import {type Happening, openedApp, played, type World} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const view = viewer(['paste-files'], props => <PasteFilesView {...props} />);
const pasted = (...names: readonly string[]): Happening => ({
	type: 'paste-read',
	text: new Secret('key_file=~/id_rsa'),
	look: {found: [], refused: [], damaged: []},
	names,
});
const asked = (world: World, ...happenings: readonly Happening[]) => played(openedApp(world), 'n', ...happenings);

test('the question names the file', () => {
	assert.equal(
		view(asked({rows: 10}, pasted('~/id_rsa'))),
		picture`
			╭─ Read this file? ────────────────────────────────────────────────────────────╮
			│ The pasted text takes fields from this file:                                 │
			│   ~/id_rsa                                                                   │
			│                                                                              │
			│ Yes puts what is in it into the new credential; no leaves its fields empty.  │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('several files are listed, counted and scrolled; what is in a name can not change the screen', () => {
	const names = ['/a\u001b[2J\u202e/key', ...Array.from({length: 20}, (_, index) => `~/key-${index}.pem`)];
	const small = asked({columns: 40, rows: 12}, pasted(...names));
	assert.match(view(small), /^╭─ Read these 21 files\? · ↓ 20 more ─+╮\n│ The pasted text/);
	assert.match(view(small), /│ {3}\/a\\u001b\[2J\\u202e\/key /);
	assert.match(view(played(small, ...Array.from({length: 40}, () => 'down'))), /key-19\.pem[\s\S]*leaves their/);
});

test('its keys are y for yes and everything else for no, once it has been drawn', () => {
	const question = asked({}, pasted('~/id_rsa'));
	assert.equal(played(question, 'y').screen.kind, 'paste-files', 'it has not been drawn');
	const drawn = played(question, {type: 'drawn'});
	assert.deepEqual(
		footerBindings(drawn).flatMap(({title}) => (['read', 'leave out'].includes(title) ? [title] : [])),
		['read', 'leave out'],
	);
	for (const key of ['y', 'n', 'esc', 'enter']) assert.equal(played(drawn, key).screen.kind, 'wizard', key);
});
