import assert from 'node:assert/strict';
import {test} from 'node:test';
import {changeSetting, defaultSettings, parseSettings, settingRows} from '../../source/app/settings.js';

test('settings that can not be are as by default', () => {
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

test('every default is one of its choices, and a choice stays at the ends', () => {
	for (const row of settingRows) {
		assert.ok(row.choices.includes(defaultSettings[row.key]), row.title);
		let settings = defaultSettings;
		for (let step = 0; step < 20; step++) settings = changeSetting(settings, row, 1);
		assert.equal(settings[row.key], row.choices.at(-1));
		for (let step = 0; step < 20; step++) settings = changeSetting(settings, row, -1);
		assert.equal(settings[row.key], row.choices[0]);
	}
});
