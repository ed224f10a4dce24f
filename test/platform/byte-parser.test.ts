import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createByteParser} from '../../source/platform/byte-parser.js';
import {randomOf} from '../helpers/mutated.js';
import {size} from '../helpers/rounds.js';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** What comes through when these bytes are read, one read after another. */
function through(...reads: readonly string[]): string {
	const parser = createByteParser();
	return reads.map(read => parser.push(bytes(read))).join('');
}

/** The same, plus what comes through after a silence. */
function settled(...reads: readonly string[]): string {
	const parser = createByteParser();
	return [...reads.map(read => parser.push(bytes(read))), parser.settle()].join('');
}

/** Answers of terminals and multiplexers to questions that programs ask them. */
const answers: Readonly<Record<string, string>> = {
	'OSC 11, ended by a bell': '\u001b]11;rgb:1e1e/1e1e/2e2e\u0007',
	'OSC 11, ended by ST': '\u001b]11;rgb:1e1e/1e1e/2e2e\u001b\\',
	'OSC 52': '\u001b]52;c;cXVpdA==\u0007',
	XTVERSION: '\u001bP>|XTerm(380)\u001b\\',
	DECRQSS: '\u001bP1$r0;1 q\u001b\\',
	XTGETTCAP: '\u001bP1+r544e=787465726d\u001b\\',
	'DCS with a bell inside': '\u001bP1$rq\u0007d\u001b\\',
	'kitty graphics': '\u001b_Gi=31;OK\u001b\\',
	'the title, with a letter whose second byte is a control': '\u001b]l\u00c3\u009cbung d\u001b\\',
	PM: '\u001b^quit\u001b\\',
	SOS: '\u001bXquit\u001b\\',
	'X10 mouse': '\u001b[M ad',
	'X10 mouse, far to the right': '\u001b[M \u00ff\u00c3',
	'OSC of one byte': '\u009d11;rgb:0/0/0\u0007',
	'DCS of one byte, ended by one': '\u00901$rq\u009c',
	'APC of one byte': '\u009fGi=1;OK\u001b\\',
};

test('an answer of the terminal is dropped whole, wherever reads cut it', () => {
	for (const [name, answer] of Object.entries(answers)) {
		for (let cut = 0; cut <= answer.length; cut++) {
			for (const next of [cut, Math.min(cut + 1, answer.length)]) {
				const reads = [`a${answer.slice(0, cut)}`, answer.slice(cut, next), `${answer.slice(next)}b`];
				assert.equal(through(...reads), 'ab', `${name}, cut at ${cut} and ${next}`);
			}
		}
	}
});

test('keys pass through unchanged, each as a whole', () => {
	const keys = [
		'\u001b[A',
		'\u001b[1;5C',
		'\u001bOP',
		'\u001b[[A',
		'\u001b[2$',
		'\u001b[99;5u',
		'\u001b[<0;5;3M',
		'\u001b\u001b[A',
		'\u001bx',
		'\u001b\r',
		'\u001b[Z',
		'\u001b[3~',
		'\r',
		'\u0001',
		'\u007f',
		'q',
	];
	for (const key of keys) {
		for (let cut = 1; cut < key.length; cut++) {
			const parser = createByteParser();
			assert.equal(parser.push(bytes(key.slice(0, cut))), '', `${JSON.stringify(key)} is held at ${cut}`);
			assert.equal(parser.push(bytes(key.slice(cut))), key);
		}
		assert.equal(through(`${key}${key}`), `${key}${key}`);
	}
	assert.equal(through(Buffer.from('ü€🔑').toString('latin1')), 'ü€🔑');
	assert.equal(through(...[...Buffer.from('ü€🔑')].map(byte => String.fromCharCode(byte))), 'ü€🔑');
	assert.equal(through('\u009bA'), '\u001b[A', 'the one-byte form of a key');
});

test('a beginning without a rest counts as the key that it also is', () => {
	for (const [sent, key] of [
		['\u001b', '\u001b[27u'],
		['\u001b]', '\u001b[93;3u'],
		['\u001bP', '\u001b[80;3u'],
		['\u001b_', '\u001b[95;3u'],
		['\u001b^', '\u001b[94;3u'],
		['\u001bX', '\u001b[88;3u'],
		['\u001b[', '\u001b[91;3u'],
		['\u001bO', '\u001b[79;3u'],
		['\u001b\u001b', '\u001b[27u\u001b[27u'],
		['\u001b]11', ''],
		['\u001b[20', ''],
		['\u001b]11;x\u001b', ''],
		['\u009d', ''],
		['\u001b[M ', ''],
	] as const) {
		assert.equal(settled(`a${sent}`), `a${key}`, JSON.stringify(sent));
		const parser = createByteParser();
		parser.push(bytes(sent));
		parser.settle();
		assert.equal(parser.push(bytes('q')), 'q', 'what comes after the silence is a key');
		assert.equal(parser.holds, undefined);
	}
});

test('Ctrl-C, Ctrl-X, the beginning of a paste and other sequences end an unfinished answer', () => {
	for (const begun of [
		'\u001b]11;rgb',
		'\u001bP1$r',
		'\u001b_G',
		'\u001b^',
		'\u001bX',
		'\u009d11',
		'\u001b[M ',
		'\u001b[2',
	]) {
		for (const key of ['\u0003', '\u0018']) assert.equal(through(`${begun}${key}q`), `${key}q`, JSON.stringify(begun));
	}
	for (const begun of ['\u001b]11;rgb', '\u001bP1$r', '\u001b_G', '\u001b^', '\u001bX', '\u009d11']) {
		assert.equal(through(`${begun}\u001b[200~text\u001b[201~q`), '\u001b[200~text\u001b[201~q');
		assert.equal(through(`${begun}\u001b[99;5u`), '\u001b[99;5u', 'Ctrl-C as kitty spells it');
	}
});

test('an unfinished answer is waited for up to 128 KiB', () => {
	const limit = 128 * 1024;
	assert.equal(through(`\u001b]${'x'.repeat(limit - 2)}`, '\u0007q'), '\u0007q');
	assert.equal(through(`\u001b]${'x'.repeat(limit - 3)}`, '\u0007q'), 'q');
	const parser = createByteParser();
	for (let read = 0; read < 64; read++) parser.push(bytes(`\u001b[${'1'.repeat(4096)}`));
	assert.equal(parser.push(bytes('Aq')), 'q', 'nor does a key without an end');
});

test('a paste is passed on whole, even with text in it that looks like answers and keys', () => {
	const text = 'a\u001b]11;x\u0007\u0003\r\u009d\u001b[M ad\u001b[200~ü';
	const paste = `\u001b[200~${text}\u001b[201~`;
	const whole = Buffer.from(paste).toString('latin1');
	for (let cut = 1; cut < whole.length; cut++) {
		const parser = createByteParser();
		assert.equal(parser.push(bytes(whole.slice(0, cut))), '', `cut at ${cut}`);
		assert.equal(parser.push(bytes(`${whole.slice(cut)}q`)), `${paste}q`, `cut at ${cut}`);
	}
});

test('a paste that begins with a one-byte introducer ends at a mark with one', () => {
	const parser = createByteParser();
	assert.equal(parser.push(bytes('\u009b200~dq\u009b20')), '');
	assert.equal(parser.push(bytes('1~q')), '\u001b[200~dq\u001b[201~q');
});

test('a stalled paste is given up for Ctrl-C or Ctrl-X alone, and for nothing else', () => {
	for (const key of ['\u0003', '\u0018', '\u001b[99;5u']) {
		const parser = createByteParser();
		parser.push(bytes('\u001b[200~some'));
		assert.equal(parser.push(bytes(key)), '', 'while it comes, that is text');
		assert.equal(parser.settle(), '');
		assert.equal(parser.push(bytes('q')), '');
		assert.equal(parser.settle(), '');
		assert.equal(parser.push(bytes(key)), key);
		assert.equal(parser.push(bytes('q')), 'q');
	}
});

const texts = ['q', 'd', 'abc', ' ', 'ü', '€', '🔑', 'e\u0301', '\r', '\t', '\u007f', '\u0001', '\u0018', '\u0003'];
const sequences = [
	'\u001b[A',
	'\u001b[1;5C',
	'\u001bOP',
	'\u001b[[B',
	'\u001b[3~',
	'\u001b[<0;5;3M',
	'\u001bx',
	'\u001b[27u',
];
const pasted = ['', 'q', 'two\rlines', '\u001b]x\u0007', '\u0003', 'ü🔑', '\u001b[20', '\u001b[201'];

test('the keys and pastes among random keys, pastes and answers, cut at random, come through', test => {
	const random = randomOf(20261128);
	const pick = (list: readonly string[]): string => list[random(list.length)] ?? '';
	const payload = (): string =>
		Array.from({length: random(12)}, () => pick(['q', ';', '1', 'é', '?', '\r', '€', '\u0000', '\t'])).join('');
	const answer = (): Buffer => {
		switch (random(4)) {
			case 0:
				return Buffer.from(`\u001b${pick(['P', 'X', '^', '_'])}${payload()}\u001b\\`);
			case 1:
				return Buffer.from(`\u001b]${payload()}${pick(['\u0007', '\u001b\\'])}`);
			case 2:
				return Buffer.concat([Buffer.from([0x90 + random(2) * 13]), Buffer.from(payload()), Buffer.from([0x9c])]);
			default:
				return Buffer.from([0x1b, 0x5b, 0x4d, 32 + random(224), 32 + random(224), 32 + random(224)]);
		}
	};
	const streams = size(10_000, 100_000);
	for (let stream = 0; stream < streams; stream++) {
		const sent: Buffer[] = [];
		let expected = '';
		for (let part = 1 + random(8); part > 0; part--) {
			const kind = random(8);
			if (kind < 4) {
				sent.push(answer());
				continue;
			}
			const keys = kind < 6 ? pick(texts) : kind === 6 ? pick(sequences) : `\u001b[200~${pick(pasted)}\u001b[201~`;
			sent.push(Buffer.from(keys));
			expected += keys;
		}
		const whole = Buffer.concat(sent);
		const parser = createByteParser();
		let came = '';
		for (let at = 0; at < whole.length; ) {
			const next = at + 1 + random(random(3) === 0 ? 2 : 20);
			came += parser.push(whole.subarray(at, next));
			at = next;
		}
		assert.equal(came, expected, `stream ${stream}: ${JSON.stringify(whole.toString('latin1'))}`);
		assert.equal(parser.holds, undefined);
	}
	test.diagnostic(`${streams} random streams`);
});

test('random bytes never hold back Ctrl-C for longer than a silence', test => {
	const random = randomOf(1128);
	const streams = size(4000, 20_000);
	for (let stream = 0; stream < streams; stream++) {
		const noise = Uint8Array.from({length: random(40)}, () =>
			random(3) === 0 ? ([0x1b, 0x5b, 0x5d, 0x50, 0x4d, 0x9b, 0x9d, 0x32, 0x7e][random(9)] ?? 0) : random(256),
		);
		const parser = createByteParser();
		parser.push(noise);
		parser.settle();
		assert.ok(parser.push(bytes('\u0003')).endsWith('\u0003'), Buffer.from(noise).toString('hex'));
	}
	test.diagnostic(`${streams} random streams`);
});

test('alt with the second byte of an introducer is a key each time when it is pressed again at once', () => {
	for (const letter of ['_', ']', 'P', 'X', '^']) {
		const key = `\u001b[${letter.charCodeAt(0)};3u`;
		assert.equal(settled(`\u001b${letter}\u001b${letter}\u001b${letter}`), key.repeat(3), letter);
		assert.equal(settled(`\u001b${letter}\u001b\\a`), 'a', 'an empty answer');
		assert.equal(settled(`\u001b${letter}text\u001b[A`), '\u001b[A', 'an answer that does not end by itself');
	}
});
