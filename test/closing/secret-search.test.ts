import assert from 'node:assert/strict';
import {test} from 'node:test';
import {secretSearch} from '../../source/closing/secret-search.js';
import {fields} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';

const generic = (id: string, secret: string) =>
	storedCredential(id, {id, provider: 'generic', data: fields({X: secret})});

const search = secretSearch([
	generic('url', 'postgres://me:a-password'),
	generic('password', 'a-password'),
	generic('again', 'a-password'),
	generic('word', 'short'),
	generic('other', 'something-else'),
]);
const found = (text: string): readonly string[] => [...search(Buffer.from(text))].sort();

test('all that have a secret in the bytes are found, also where it is the end of another one', () => {
	assert.deepEqual(found('DB=postgres://me:a-password\n'), ['again', 'password', 'url']);
	assert.deepEqual(found('# a-password'), ['again', 'password']);
	assert.deepEqual(found('# a-passwordsomething-else, a-password'), ['again', 'other', 'password']);
});

test('a secret that is cut, or too short to be told from words, is not found', () => {
	assert.deepEqual(found('postgres://me:a-passwor something-els short'), []);
	assert.deepEqual(found(''), []);
});
