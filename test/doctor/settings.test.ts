import assert from 'node:assert/strict';
import {test} from 'node:test';
import {examine} from '../../source/doctor/checks.js';
import {settings} from '../../source/doctor/settings.js';
import {type Entry, fakeMachine} from '../helpers/fake-machine.js';

const file = '/home/me/.config/pharmer/settings.json';

async function look(entry: Entry, more: Readonly<Record<string, Entry>> = {}) {
	const [found] = await examine(fakeMachine({}, {[file]: entry, ...more}), settings);
	return [found?.state, found?.text, ...Object.values(found?.fix ?? {})];
}

test('settings that apply are said to, also through a link', async () => {
	const applying = ['ok', `those of \`${file}\` apply`];
	assert.deepEqual(await look({text: '{"theme": "dark", "of a newer version": 7}'}), applying);
	assert.deepEqual(await look({kind: 'link', to: '/dotfiles/s'}, {'/dotfiles/s': {text: '{}'}}), applying);
});

test('settings that do not apply are named with what mends them', async () => {
	assert.deepEqual(await look({kind: 'link'}), ['care', `\`${file}\` is a link that leads nowhere`, `rm ${file}`]);
	assert.deepEqual(await look({kind: 'directory'}), [
		'care',
		`\`${file}\` is not an ordinary file: the defaults apply`,
		'move it away',
	]);
	const broken = [
		['', 'line 1, column 1: the text ends here, before it is complete'],
		['{"theme"', 'line 1, column 9: a colon is missing'],
	] as const;
	for (const [text, says] of broken) {
		assert.deepEqual(await look({text}), [
			'care',
			`the defaults apply: \`${file}\`, ${says}`,
			`mv ${file} ${file}.damaged`,
		]);
	}
	const wrong = [
		['[]', 'line 1, column 1: settings stand in braces'],
		[
			'{"mouse": true,\n "lockMinutes": 7}',
			'line 2, column 17: `lockMinutes` is `1`, `2`, `5`, `10`, `15`, `30` or `60`',
		],
		['{"theme": {"acent": "red"}}', 'line 1, column 12: no colour is called `acent`: did you mean `accent`?'],
		[
			'{"keys": {"list": {"delet": "D"}}}',
			'line 1, column 20: no command of `list` is called `delet`: did you mean `delete`?',
		],
	] as const;
	for (const [text, says] of wrong)
		assert.deepEqual(await look({text}), ['care', `the defaults apply: \`${file}\`, ${says}`, 'mend it there']);
	assert.deepEqual(await look({text: '{"lockMinuts": 5}'}), [
		'care',
		`\`lockMinuts\` in \`${file}\` is no setting`,
		'did you mean `lockMinutes`?',
	]);
});
