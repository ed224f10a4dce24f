import assert from 'node:assert/strict';
import {test} from 'node:test';
import {DiscardView} from '../../../source/ui/screens/discard.js';
import {picture} from '../../helpers/frame.js';
import {openedApp, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const discard = (what: string, window = {}): string =>
	viewer(['list'], ({layout}) => <DiscardView layout={layout} what={what} />)(openedApp(window));

test('the discard dialog names the changes that are lost, and the keys', () => {
	assert.equal(
		discard('Your changes to prod will be lost.'),
		picture`
			╭─ Discard the draft? ───────────────────────────────╮
			│ Your changes to prod will be lost.                 │
			│                                                    │
			│ esc keep it                              y discard │
			╰────────────────────────────────────────────────────╯
		`,
	);
});

test('the discard dialog is as high as its text', () => {
	assert.equal(
		discard('What you have typed for the new credential will be lost.', smallest),
		picture`
			╭─ Discard the draft? ─────────────────╮
			│ What you have typed for the new      │
			│ credential will be lost.             │
			│                                      │
			│ esc keep it                y discard │
			╰──────────────────────────────────────╯
		`,
	);
});
