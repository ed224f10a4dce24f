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
	for (const text of ['', '[]', '{"theme"']) {
		assert.deepEqual(await look({text}), [
			'care',
			`\`${file}\` can't be understood: the defaults apply`,
			`mv ${file} ${file}.damaged`,
		]);
	}
	assert.deepEqual(
		(await look({text: '{"lockMinutes": 7, "mouse": "yes"}'}))[1],
		`\`lockMinutes\` and \`mouse\` in \`${file}\` are not among the choices: their defaults apply`,
	);
});
