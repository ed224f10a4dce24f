import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ExposedView} from '../../../../source/ui/screens/team/exposed.js';
import {picture} from '../../../helpers/frame.js';
import {inventedExposed, synced} from '../../../helpers/invented-team.js';
import {openedApp, played} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const exposed = viewer(['exposed'], props => <ExposedView {...props} />);

test('what a removed member could read is listed with its name', () => {
	const team = {exposed: inventedExposed(['prod', 'dev'], 'carl')};
	assert.equal(
		exposed(played(openedApp({rows: 9}), synced(team), 'M', 'w')),
		picture`
			╭─ To rotate · 2 ──────────────────────────────────────────────────────────────╮
			│   name provider who could read it                                            │
			│ ❯ dev  aws      carl                                                         │
			│   prod aws      carl                                                         │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('the list that has become empty says so', () => {
	const state = played(openedApp({rows: 9}), synced({exposed: inventedExposed(['prod'])}), 'M', 'w', synced());
	assert.match(exposed(state), /✓ Nothing that removed members could read is left/);
});
