import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isLightBackground, terminalBackground} from '../../source/platform/background.js';

test('a background is light or dark in any number of digits, and other answers are none', () => {
	assert.equal(isLightBackground('11;rgb:fdfd/f6f6/e3e3'), true);
	assert.equal(isLightBackground('11;rgb:ff/ff/ff'), true);
	assert.equal(isLightBackground('11;rgba:ffff/ffff/ffff/8000'), true);
	assert.equal(isLightBackground('11;rgb:1e1e/1e1e/2e2e'), false);
	assert.equal(isLightBackground('11;rgb:0/0/0'), false);
	for (const other of ['10;rgb:ffff/ffff/ffff', '11;?', '11;rgb:', '52;c;AAAA', '?62;22c', ''])
		assert.equal(isLightBackground(other), undefined, other);
});

test('it is settled once the terminal has said what it is', async () => {
	const written: string[] = [];
	const known: boolean[] = [];
	const background = terminalBackground(
		text => written.push(text),
		isLight => known.push(isLight),
	);
	background.ask();
	assert.deepEqual(written, ['\u001b]11;?\u0007\u001b[c']);
	let isSettled = false;
	const settled = background.settled().then(() => {
		isSettled = true;
	});
	background.take('11;rgb:ffff/ffff/ffff');
	await Promise.resolve();
	assert.deepEqual([known, isSettled], [[true], false]);
	background.take('?1;2c');
	await settled;
});

test('who leaves before the question does not ask it', async () => {
	const written: string[] = [];
	const background = terminalBackground(
		text => written.push(text),
		() => {},
	);
	await background.settled();
	background.ask();
	assert.deepEqual(written, []);
});
