import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cardText, keyWords, parseCard} from '../../../source/team/log/card.js';
import {areWords, sixWords} from '../../../source/team/log/words.js';
import {ana, ben, person} from '../../helpers/team-log.js';
import {ofCode} from '../../helpers/vault-samples.js';

const text = cardText(ana.name, ana);

test('a card says a name and keys, and six words stand for the keys', () => {
	assert.match(text, /^pharmer1\.ana\.[A-Za-z0-9_-]{86}$/);
	const card = parseCard(text);
	assert.deepEqual(card, {name: 'ana', keys: {ed: ana.ed, x: ana.x}, words: keyWords(ana)});
	assert.match(card.words, /^[a-z]+( [a-z]+){5}$/);
	assert.notEqual(card.words, parseCard(cardText(ana.name, ben)).words);
	assert.equal(parseCard(cardText(person('a.b-c_d.1').name, ben)).name, 'a.b-c_d.1');
});

test('a card that was broken into lines on its way is whole', () => {
	for (const broken of [`${text}\n`, `  ${text}  `, text.replace(/.{40}/g, '$&\r\n    '), [...text].join(' ')])
		assert.deepEqual(parseCard(broken), parseCard(text));
});

test('a card with any letter changed is refused, or shows other words or another name', () => {
	const {name, words} = parseCard(text);
	let refused = 0;
	for (let at = 0; at < text.length; at++)
		for (const letter of 'Ab0.-_=/+ä') {
			if (text[at] === letter) continue;
			const changed = `${text.slice(0, at)}${letter}${text.slice(at + 1)}`;
			try {
				const card = parseCard(changed);
				assert.ok(card.words !== words || card.name !== name, changed);
			} catch (error) {
				ofCode('invalid')(error);
				refused++;
			}
		}
	assert.ok(refused > 300);
});

test('what is no card is refused', () => {
	for (const other of ['', 'pharmer1.', 'pharmer1.ana', 'pharmer1.ana.', 'pharmer2.ana.AAAA', text.slice(0, -1)])
		assert.throws(() => parseCard(other), ofCode('invalid'), other);
	for (const more of [`${text}A`, `${text}AA`, text.replace('.ana.', '..'), text.replace('ana', '-ana')])
		assert.throws(() => parseCard(more), ofCode('invalid'), more);
	assert.throws(
		() => parseCard(text.replace('.ana.', '.a/b.')),
		ofCode('invalid', /^the name on the card is none: a name has/),
	);
	const weak = {ed: Buffer.alloc(32).toString('base64'), x: ana.x};
	assert.throws(() => parseCard(cardText(ana.name, weak)), ofCode('invalid', /missing or wrong/));
});

test('words are taken in any case and with anything between them, and no other ones', () => {
	const words = sixWords('0123456789abcdef01234567');
	assert.equal(words, 'abuse boss fly battle rubber wasp');
	assert.ok(areWords(words, words));
	assert.ok(areWords(` ${words.toUpperCase().replaceAll(' ', ', ')}.\n`, words));
	for (const other of ['', words.slice(0, -1), words.split(' ').reverse().join(' '), `${words} zoo`, 'abuse'])
		assert.equal(areWords(other, words), false, other);
});
