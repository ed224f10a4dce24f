import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {createPrompt} from '../../source/platform/prompt.js';

/** A terminal that records whether it is raw and what was written to it. */
function terminal() {
	const input = Object.assign(new PassThrough(), {
		raw: [] as boolean[],
		setRawMode(raw: boolean) {
			input.raw.push(raw);
		},
	});
	const state = {output: '', closed: 0, size: {columns: 80, rows: 24}, resized: () => {}};
	const prompt = createPrompt(
		() => ({
			input,
			close: () => {
				state.closed++;
			},
		}),
		{
			write(text) {
				state.output += text;
			},
		},
		{
			size: () => state.size,
			watch(onChange) {
				state.resized = onChange;
				return () => {
					state.resized = () => {};
				};
			},
		},
	);
	return {input, state, prompt};
}

function codeOf(expected: string) {
	return (error: unknown) => error instanceof PharmerError && error.code === expected;
}

test('a secret is read in raw mode and never echoed', async () => {
	const {input, state, prompt} = terminal();
	const answer = prompt.secret('Passphrase: ');
	assert.deepEqual(input.raw, [true]);
	input.write('pas');
	input.write('sxx\u007f\u007f wörd');
	input.write(Buffer.from([0xf0, 0x9f]));
	input.write(Buffer.from([0x94, 0x91]));
	input.write('\r');
	assert.equal((await answer).reveal(), 'pass wörd🔑');
	assert.deepEqual(input.raw, [true, false]);
	assert.equal(state.output, 'Passphrase: \n');
	assert.equal(state.closed, 1);
	assert.equal(input.isPaused(), true);
});

test('lines are shown on a screen of their own, which is left on enter and on Ctrl-C', async () => {
	for (const [keys, code] of [
		['x\r', undefined],
		['\u0003', 'interrupted'],
	] as const) {
		const {input, state, prompt} = terminal();
		const shown = prompt.show(() => ['one', 'two \u001b[31m', '']).catch((error: unknown) => error);
		assert.equal(state.output, '\u001b[?1049h\u001b[2J\u001b[Hone\ntwo \\u001b[31m\n\nEnter goes on: ');
		input.write(keys);
		const error = await shown;
		assert.ok(code === undefined ? error === undefined : codeOf(code)(error));
		assert.ok(state.output.endsWith('\n\u001b[2J\u001b[?1049l'), JSON.stringify(state.output));
		assert.deepEqual(input.raw, [true, false]);
	}
});

test('a page is drawn again in every other size of the window, and waits where it has no room', async () => {
	const {input, state, prompt} = terminal();
	const shown = prompt.show(({columns, rows}) => (rows < 12 ? undefined : [`${columns}`]));
	const last = () => state.output.split('\u001b[2J\u001b[H').at(-1);
	const resize = (columns: number, rows: number) => {
		state.size = {columns, rows};
		state.resized();
	};
	assert.equal(last(), '80\nEnter goes on: ');
	resize(120, 24);
	assert.equal(last(), '120\nEnter goes on: ');
	resize(120, 11);
	assert.match(last() ?? '', /^The window is too small to show it whole/);
	input.write('\r');
	resize(60, 12);
	assert.equal(last(), '60\nEnter goes on: ', 'enter was no answer to what was not shown');
	input.write('\r');
	await shown;
	const {output} = state;
	state.resized();
	assert.equal(state.output, output);
});

test('a line is read as the terminal gives it', async () => {
	const {input, state, prompt} = terminal();
	const answer = prompt.line('Name: ');
	input.write('one ');
	input.write('two\n');
	assert.equal(await answer, 'one two');
	assert.deepEqual(input.raw, []);
	assert.equal(state.output, 'Name: ');
});

test('text typed or pasted ahead answers the next question', async () => {
	const {input, prompt} = terminal();
	const first = prompt.secret('One: ');
	input.write('a\rb\rc\n\rd');
	assert.equal((await first).reveal(), 'a');
	assert.equal((await prompt.secret('Two: ')).reveal(), 'b');
	assert.equal(await prompt.line('Three: '), 'c');
	assert.equal((await prompt.secret('Four: ')).reveal(), '');
	const last = prompt.secret('Five: ');
	input.write('e\r');
	assert.equal((await last).reveal(), 'de');
});

test('a fresh answer is none that was typed ahead, and nothing is shown between the questions of a task', async () => {
	const {input, state, prompt} = terminal();
	const task = prompt.quietly(async () => {
		const first = await prompt.secret('New: ');
		const sure = await prompt.secret('Sure? ', 'fresh');
		return [first.reveal(), sure.reveal()];
	});
	input.write('abc\ry\rabc\r');
	while (!state.output.includes('Sure?')) await new Promise(resolve => setTimeout(resolve, 1));
	assert.deepEqual(input.raw, [true], 'the terminal stays silent');
	input.write('no\r');
	assert.deepEqual(await task, ['abc', 'no']);
	assert.deepEqual(input.raw, [true, false]);
});

test('Ctrl-C interrupts, Ctrl-D and the end of input cancel, and the terminal is restored', async () => {
	const interrupted = terminal();
	const first = assert.rejects(interrupted.prompt.secret('? '), codeOf('interrupted'));
	interrupted.input.write('abc\u0003');
	await first;
	assert.deepEqual(interrupted.input.raw, [true, false]);
	const cancelled = terminal();
	const second = assert.rejects(cancelled.prompt.secret('? '), codeOf('cancelled'));
	cancelled.input.write('\u0004');
	await second;
	assert.deepEqual(cancelled.input.raw, [true, false]);
	for (const kind of ['secret', 'line'] as const) {
		const ended = terminal();
		const third = assert.rejects(ended.prompt[kind]('? '), codeOf('cancelled'));
		ended.input.write('abc');
		ended.input.end();
		await third;
		assert.deepEqual(ended.input.raw, kind === 'secret' ? [true, false] : []);
	}
	const broken = terminal();
	const fourth = assert.rejects(broken.prompt.secret('? '), codeOf('cancelled'));
	broken.input.destroy(new Error('EIO'));
	await fourth;
	assert.deepEqual(broken.input.raw, [true, false]);
});

test('an interrupt ends a line with a new one, and the next one is no answer to anything', async () => {
	const {input, state, prompt} = terminal();
	for (const question of ['Number: ', 'Words: ']) {
		const answer = assert.rejects(prompt.line(question), codeOf('interrupted'));
		input.write('ab');
		process.emit('SIGINT', 'SIGINT');
		await answer;
	}
	assert.equal(state.output, 'Number: \nWords: \n');
	assert.equal(process.listenerCount('SIGINT'), 0);
});

test('a question is made safe for the terminal', async () => {
	const {input, state, prompt} = terminal();
	const answer = prompt.line('Type \u001b[2J to go on: ');
	input.write('\n');
	await answer;
	assert.equal(state.output, 'Type \\u001b[2J to go on: ');
});

test('an oversized answer is read to its end before it is refused, and Ctrl-C ends it', async () => {
	for (const [end, code] of [
		['', 'invalid'],
		['\u0003', 'interrupted'],
	] as const) {
		const {input, prompt} = terminal();
		const answer = assert.rejects(prompt.secret('? '), codeOf(code));
		for (let part = 0; part < 20; part++) input.write('x'.repeat(8192));
		input.write(`\rtouch file\r${end}`);
		await answer;
		assert.equal(input.read(), null, 'nothing is left for who reads next');
		assert.deepEqual(input.raw, [true, false]);
		const next = prompt.secret('? ');
		input.write('next\r');
		assert.equal((await next).reveal(), 'next');
	}
});

test('a secret of 64 KiB is accepted, and answers of the terminal are not part of it', async () => {
	const {input, prompt} = terminal();
	const answer = prompt.secret('? ');
	input.write('x'.repeat(64 * 1024 - 1));
	input.write('\u001b]11;rgb:0/0/');
	input.write('0\u0007\u001bP1$r0 q\u001b\\y\r');
	assert.equal((await answer).reveal(), `${'x'.repeat(64 * 1024 - 1)}y`);
});
