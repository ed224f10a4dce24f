import assert from 'node:assert/strict';
import {test} from 'node:test';
import {seen} from '../../helpers/looks.js';
import {openScene, scenes} from '../../helpers/scenes.js';
import type {TestTerminal} from '../../helpers/terminal.js';

const looks = (terminal: TestTerminal): readonly string[] =>
	terminal.cells().map(({x, y, cell}) => `${y},${x} ${seen(cell)}`);

for (const scene of scenes) {
	test(`the screen is the same after all its changes and drawn whole: ${scene.id}`, async context => {
		const terminal = await openScene(scene);
		context.after(() => terminal.close());
		const {columns, rows, cursor} = terminal.frame();
		const changed = looks(terminal);
		// Ink erases the frame where a window gets narrower, and draws all of it.
		await terminal.resize(columns + 1, rows);
		await terminal.resize(columns, rows);
		assert.deepEqual(looks(terminal), changed);
		assert.deepEqual(terminal.frame().cursor, cursor);
	});
}
