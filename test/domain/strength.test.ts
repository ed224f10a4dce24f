import assert from 'node:assert/strict';
import {test} from 'node:test';
import {commonPasswords} from '../../source/domain/common-passwords.js';
import {passphraseStrength, weakness} from '../../source/domain/strength.js';

test('the list holds 1,000 different passwords in lower case, the commonest first', () => {
	const words = commonPasswords.trim().split(/\s+/);
	assert.equal(new Set(words).size, 1000);
	assert.equal(words[0], '123456');
	for (const word of words) assert.match(word, /^[!-~]+$/);
	assert.equal(commonPasswords, commonPasswords.toLowerCase());
});

test('a passphrase of less than 8 characters is weak, and the time to guess it is told', () => {
	assert.equal(weakness('x7#Qp2!'), 'has fewer than 8 characters: with 1,000 cores it is guessed in about 2 hours');
	assert.equal(weakness('zeb'), 'has fewer than 8 characters: with 1,000 cores it is guessed in less than a second');
	assert.equal(weakness('x7#Qp2!k'), undefined);
});

test('one of the commonest is weak however long it is, whatever its case', () => {
	const said = 'is one of the 1,000 commonest passwords: with 1,000 cores it is guessed in less than a second';
	for (const text of ['123456', '1qaz2wsx3edc', 'PassWord1', 'VQSABLPZLA']) assert.equal(weakness(text), said, text);
	for (const text of ['password one', ' 1qaz2wsx3edc', 'correct horse']) assert.equal(weakness(text), undefined, text);
});

test('characters are counted in their composed form', () => {
	assert.equal(weakness('éàîõüåç'.normalize('NFD')), weakness('éàîõüåç'));
	assert.match(weakness('éàîõüåç'.normalize('NFD')) ?? '', /^has fewer than 8/);
	assert.equal(weakness('🔑🔒🗝🔐🛡🧿🪪🗄'), undefined, 'code points, not UTF-16 units');
	assert.match(weakness('🔑🔒🗝🔐') ?? '', /^has fewer than 8/);
});

test('what is asked about is never called better than weak', () => {
	for (const text of commonPasswords.trim().split(/\s+/)) assert.equal(passphraseStrength(text).level, 'weak', text);
	assert.equal(passphraseStrength('x7#Qp2!').level, 'weak');
	assert.equal(passphraseStrength('correct horse battery staple').level, 'strong');
});
