import assert from 'node:assert/strict';
import {test} from 'node:test';
import {changeSetting, defaultSettings, parseSettings, settingRows} from '../../source/domain/settings.js';

test('invalid settings are replaced by the defaults', () => {
	for (const kept of [
		undefined,
		null,
		7,
		'x',
		[],
		{},
		{theme: 'pink', lockMinutes: 0, mouse: 'yes', revealSeconds: 1e9},
	]) {
		assert.deepEqual(parseSettings(kept), defaultSettings);
	}
	assert.deepEqual(parseSettings({...defaultSettings, theme: 'dark', other: 1}), {...defaultSettings, theme: 'dark'});
	const hostile = JSON.parse('{"__proto__": {"mouse": true}, "theme": {"toString": 1}}');
	assert.deepEqual(parseSettings(hostile), defaultSettings);
});

test('the order and the columns of the list are kept, whatever else a list of columns holds', () => {
	const kept = parseSettings({sort: 'used', columns: ['labels', 'id', 'pink', 7, 'id']});
	assert.equal(kept.sort, 'used');
	assert.deepEqual(kept.columns, ['id', 'labels']);
	assert.deepEqual(parseSettings({columns: []}).columns, []);
	assert.deepEqual(parseSettings({sort: 'change', columns: 'id'}), defaultSettings);
});

test('every default is a choice, and the choices cycle in both directions', () => {
	for (const row of settingRows) {
		assert.ok(row.choices.includes(defaultSettings[row.key]), row.title);
		for (const by of [1, -1]) {
			let settings = defaultSettings;
			const seen = new Set(
				row.choices.map(() => {
					settings = changeSetting(settings, row, by);
					return settings[row.key];
				}),
			);
			assert.equal(seen.size, row.choices.length);
			assert.deepEqual(settings, defaultSettings);
		}
	}
});
