import assert from 'node:assert/strict';
import {PassThrough, Readable, Writable} from 'node:stream';
import {test} from 'node:test';
import {passOn} from '../../source/platform/pass-on.js';
import {BytePatterns} from '../../source/text/byte-patterns.js';
import {Masking} from '../../source/text/masking.js';

const masking = () => new Masking(new BytePatterns([Buffer.from('secret')]), '*');
const turn = () => new Promise(resolve => setImmediate(resolve));

test('a stream waits while nobody takes what it holds, and goes on when somebody does', async () => {
	let made = 0;
	const source = new Readable({
		highWaterMark: 1,
		read() {
			made++;
			this.push(made <= 100 ? Buffer.from('x secret ') : null);
		},
	});
	const taken: string[] = [];
	let take: (() => void) | undefined;
	const stream = new Writable({
		highWaterMark: 1,
		write(bytes, _, done) {
			taken.push(String(bytes));
			take = done;
		},
	});
	const passed = passOn(source, {name: 'standard output', stream}, masking());
	for (let turns = 0; turns < 20; turns++) await turn();
	assert.ok(made < 5, `${made} were made while the first was not taken`);
	let isOver = false;
	void passed.then(() => {
		isOver = true;
	});
	while (!isOver) {
		take?.();
		await turn();
	}
	assert.equal(taken.join(''), 'x * '.repeat(100));
});

test('what is held back comes when more comes, or at the end, and nothing else is held back', async () => {
	const source = new PassThrough();
	const stream = new PassThrough();
	const passed = passOn(source, {name: 'standard output', stream}, masking());
	const seen = async (text: string): Promise<void> => {
		if (text !== '') source.write(text);
		await turn();
	};
	await seen('Password: ');
	assert.equal(String(stream.read()), 'Password: ');
	await seen('a sec');
	assert.equal(String(stream.read()), 'a ');
	await seen('ond');
	assert.equal(String(stream.read()), 'second');
	await seen('secre');
	assert.equal(stream.read(), null);
	source.end();
	await passed;
	assert.equal(String(stream.read()), 'secre');
});
