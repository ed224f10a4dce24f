import assert from 'node:assert/strict';
import {test} from 'node:test';
import {secretKey} from '../helpers/credentials.js';
import {contentOf, openApp} from '../helpers/opened.js';

/** From the first field of an AWS credential to the name. */
const toName = ['down', 'down', 'down', 'down', 'down'] as const;

test('the form edits name, labels, expiry and a multi-line note, and z restores them', async context => {
	const {place, terminal} = await openApp(context, ['prod', 'other']);
	await terminal.press('j', 'e', ...toName, 'ctrl+u', 'production', 'down', 'env=prod, team=a\\, b');
	await terminal.press('down', '+90');
	assert.match(terminal.screen(), /that is 2027-02-22/);
	await terminal.press('down', 'first line', 'enter', 'second line');
	assert.match(terminal.screen(), /note +first line/);
	assert.match(terminal.screen(), /second line/);
	assert.match(terminal.screen(), /4 changed/);
	await terminal.press('ctrl+s');
	assert.match(terminal.screen(), /prod is called production now; z undoes it/);
	const saved = (await contentOf(place)).credentials.find(({name}) => name === 'production');
	assert.ok(saved);
	assert.deepEqual(
		[[...saved.labels], saved.expires, saved.note, saved.data.get('secretAccessKey')?.reveal()],
		[
			[
				['env', 'prod'],
				['team', 'a, b'],
			],
			'2027-02-22',
			'first line\nsecond line',
			secretKey,
		],
	);
	assert.match(terminal.screen(), /❯ production/);
	await terminal.press('z');
	assert.match(terminal.screen(), /prod has its name back/);
	const back = (await contentOf(place)).credentials.find(({name}) => name === 'prod');
	assert.deepEqual([back?.labels.size, back?.expires, back?.note], [0, undefined, undefined]);
});

test('an invalid name, label or expiry is reported, and nothing is saved', async context => {
	const {place, terminal} = await openApp(context, ['prod', 'other']);
	await terminal.press('j', 'e', ...toName, 'ctrl+u', 'Other', 'ctrl+s');
	assert.match(terminal.screen(), /other exists already; choose another name/);
	await terminal.press('ctrl+o', 'down', 'no label', 'ctrl+s');
	assert.match(terminal.screen(), /is not a label: write it as KEY=VALUE/);
	await terminal.press('ctrl+o', 'down', 'soon', 'ctrl+s');
	assert.match(terminal.screen(), /`soon` is not a date; write it as 2027-01-31, or \+90 for in 90 days/);
	assert.deepEqual(
		(await contentOf(place)).credentials.map(({revision}) => revision),
		[1, 1],
	);
});

test('the arrows move within a note and leave it at its first and last line', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'up', 'one', 'enter', 'two', 'up', 'home', '>', 'down', 'end', '<');
	assert.match(terminal.screen(), />one/);
	assert.match(terminal.screen(), /two</);
	await terminal.press('down');
	assert.match(terminal.screen(), /❯ {2}Access key ID/);
	await terminal.press('up', 'up', 'up');
	assert.match(terminal.screen(), /❯ {2}expires/);
	await terminal.paste('2027-01-01\n2027-01-02');
	assert.match(terminal.screen(), /Paste ignored: expires takes one line/);
});

test('a long note takes all rows that the form leaves free', async context => {
	const {terminal} = await openApp(context, ['prod'], {rows: 30});
	await terminal.press('e', 'up');
	await terminal.paste(Array.from({length: 10}, (_, index) => `line ${index}`).join('\n'));
	for (let index = 0; index < 10; index++) assert.match(terminal.screen(), new RegExp(`line ${index}`));
	await terminal.resize(80, 16);
	assert.match(terminal.screen(), /line 9/, 'in a small window the rows around the caret');
});

test('an expiry in the past is accepted and reported as over', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'up', 'shift+tab', '2020-01-01');
	assert.match(terminal.screen(), /that day has passed: it is saved as expired/);
	await terminal.press('ctrl+s');
	assert.equal((await contentOf(place)).credentials[0]?.expires, '2020-01-01');
});

test('a text that is cut on the left starts with an ellipsis', async context => {
	const {terminal} = await openApp(context, ['prod']);
	const text = Array.from({length: 12}, (_, index) => `part-${index}`).join(' ');
	await terminal.press('e', 'up', 'shift+tab', 'shift+tab');
	await terminal.paste(text);
	assert.match(terminal.screen(), /labels +…\S+ .*part-11/);
	await terminal.press('home');
	assert.match(terminal.screen(), /labels +part-0/);
	await terminal.press('down', 'down');
	await terminal.paste(text);
	assert.match(terminal.screen(), /note +part-0 .*\n.* part-11 /);
});
