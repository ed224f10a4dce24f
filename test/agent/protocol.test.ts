import assert from 'node:assert/strict';
import fs from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import fc from 'fast-check';
import {readStart, startLine} from '../../source/agent/handshake.js';
import {longestTotal, parseAnswer, parseLease, parseRequest, requestLimit} from '../../source/agent/protocol.js';
import {useKinds} from '../../source/domain/use.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

const seconds = fc.double({min: 0, max: longestTotal, minExcluded: true, noNaN: true});
const lease = fc.record(
	{path: fc.string(), id: fc.string(), total: seconds, idle: seconds},
	{requiredKeys: ['path', 'id', 'total']},
);
const noNullPrototype = true;
const clearing = fc.record(
	{
		way: fc.string(),
		ours: fc.record({length: fc.nat(), hash: fc.string(), hashOfLines: fc.string()}, {noNullPrototype}),
		environment: fc.dictionary(fc.string(), fc.string(), {noNullPrototype}),
		terminal: fc.record({path: fc.string(), identity: fc.string()}, {noNullPrototype}),
	},
	{requiredKeys: ['way', 'ours', 'environment'], noNullPrototype},
);
const known = fc.oneof(
	fc.record({ask: fc.constantFrom('hello', 'lock')}),
	fc.record({ask: fc.constantFrom('names', 'status', 'works'), version: fc.string(), path: fc.string()}),
	fc.record({ask: fc.constant('read'), version: fc.string(), path: fc.string(), name: fc.string()}),
	fc.record({
		ask: fc.constant('use'),
		version: fc.string(),
		path: fc.string(),
		ids: fc.array(fc.string(), {minLength: 1}),
		kind: fc.constantFrom(...useKinds),
	}),
	fc.record({ask: fc.constant('key'), version: fc.string(), path: fc.string(), id: fc.string()}),
	fc.record({ask: fc.constant('clear'), version: fc.string(), clearing, seconds}),
	fc.tuple(fc.string(), lease).map(([version, members]) => ({ask: 'add', version, ...members})),
);

test('every request is read as it was written', () => {
	fc.assert(fc.property(known, request => assert.deepEqual(parseRequest(JSON.stringify(request)), {...request})));
});

test('a request with a member that is missing or of another kind is none', () => {
	const isStable = (ask: unknown): boolean => ask === 'hello' || ask === 'lock';
	fc.assert(
		fc.property(known, fc.nat(), fc.constantFrom(undefined, null, {}, [], true), (request, index, value) => {
			const names = Object.keys(request).filter(name => name !== 'idle' || value !== undefined);
			const name = names[index % names.length] ?? '';
			if (isStable(request.ask) && name !== 'ask') return;
			// No id at all is a list of ids, too.
			if (name === 'ids' && Array.isArray(value)) return;
			assert.equal(parseRequest(JSON.stringify({...request, [name]: value})), undefined, name);
		}),
	);
});

test('no text makes the parsers throw', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string({unit: 'binary'}), fc.json()), text => {
			const request = parseRequest(text);
			assert.ok(request === undefined || typeof request.ask === 'string');
			assert.ok(typeof (parseAnswer(text) ?? {is: ''}).is === 'string');
		}),
		{numRuns: 500},
	);
});

test('hello and lock are understood from any version, whatever comes with them', () => {
	fc.assert(
		fc.property(fc.constantFrom('hello', 'lock'), fc.dictionary(fc.string(), fc.jsonValue()), (ask, more) => {
			assert.deepEqual(parseRequest(JSON.stringify({...more, ask})), {ask});
		}),
	);
});

test('a time is more than nothing and at most 12 hours', () => {
	assert.equal(longestTotal, 12 * 60 * 60);
	const given = {path: '/v', id: 'i'};
	for (const time of [0, -1, longestTotal + 1, Number.NaN, Number.POSITIVE_INFINITY, '60', null]) {
		assert.equal(parseLease({...given, total: time}), undefined, `total ${time}`);
		assert.equal(parseLease({...given, total: 60, idle: time}), undefined, `idle ${time}`);
	}
	assert.deepEqual(parseLease({...given, total: longestTotal}), {...given, total: longestTotal});
});

test('a new agent reads its first vault and key, and refuses everything else', context => {
	const file = join(temporaryFolder(context), 'start');
	const reading = (...parts: readonly (string | Uint8Array)[]) => {
		fs.writeFileSync(file, Buffer.concat(parts.map(part => Buffer.from(part))));
		const descriptor = fs.openSync(file, 'r');
		try {
			return readStart(descriptor);
		} finally {
			fs.closeSync(descriptor);
		}
	};
	const key = Buffer.from(Array.from({length: 32}, (_, at) => (at === 5 ? 0x0a : at)));
	const first = {path: '/v\n', id: 'i', total: 60};
	const line = startLine('/run/agent.sock', first);
	assert.deepEqual(reading(line, key), {socket: '/run/agent.sock', lease: first, key});
	const refused = {message: 'it was not started by pharmer'};
	assert.throws(() => reading(), refused);
	assert.throws(() => reading(line), refused);
	assert.throws(() => reading(line, key.subarray(1)), refused);
	assert.throws(() => reading(line, key, 'x'), refused);
	assert.throws(() => reading('{}\n', key), refused);
	assert.throws(() => reading(startLine('/run/agent.sock', {...first, total: longestTotal + 1}), key), refused);
	assert.throws(() => reading(startLine('/run/agent.sock', {...first, path: 'x'.repeat(requestLimit)}), key), refused);
});
