import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {exitCodes} from '../source/domain/errors.js';
import {withCommands} from './helpers/readme-commands.js';
import {keysPage, withKeys} from './helpers/readme-keys.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the README lists the keys of the app', () => {
	assert.equal(withKeys(readme), readme, 'run `npm run readme`');
});

test('docs/keys.md lists all keys of the app', () => {
	const page = readFileSync(new URL('../docs/keys.md', import.meta.url), 'utf8');
	assert.equal(keysPage(), page, 'run `npm run readme`');
});

test('the README lists the commands of the table', () => {
	assert.equal(withCommands(readme), readme, 'run `npm run readme`');
});

test('the README documents every exit code', () => {
	const table = /## Exit codes([\s\S]*?)## /.exec(readme)?.[1] ?? '';
	for (const code of new Set(Object.values(exitCodes)))
		assert.match(table, new RegExp(`\\| (?:\\d+, )?${code}(?:, \\d+)? \\|`), `${code}`);
});
