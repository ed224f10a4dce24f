import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ScreenView} from '../../../source/ui/screens/screen.js';
import {frameOf} from '../../helpers/frame.js';
import {firstStart, lockedApp, openedApp, played} from '../../helpers/played.js';
import {layoutOf} from '../../helpers/view.js';

const shown = (state: ReturnType<typeof openedApp>): string =>
	frameOf(<ScreenView state={state} layout={layoutOf(state.size)} />, state.size);

test('every kind of screen is drawn by its own view', () => {
	assert.match(shown(firstStart()), /Welcome/);
	assert.match(shown(lockedApp()), /locked/);
	const opened = openedApp();
	for (const [keys, said] of [
		[[], /Credentials 20/],
		[['enter'], /Access key ID/],
		[['T'], /Trash 2/],
		[['H'], /Health · 9 of 20 need care/],
		[[','], /Settings/],
		[['d'], /Delete/],
		[['Y'], /Copy/],
		[['U'], /exec/],
		[['t'], /Label/],
		[['n'], /New credential/],
		[['e'], /editing/],
		[['i'], /Looking/],
	] as const)
		assert.match(shown(played(opened, ...keys)), said, keys.join(' '));
});

test('the palette is drawn over the list', () => {
	assert.match(shown(played(openedApp(), '?')), /reveal/);
});
