import assert from 'node:assert/strict';
import {test} from 'node:test';
import {format, inspect} from 'node:util';
import {Secret} from '../../source/domain/secret.js';

const text = 'wJalrXUtnFEMI/K7MDENG+canary';
const secret = new Secret(text);

test('only reveal() gives the text', () => {
	assert.equal(secret.reveal(), text);
});

test('printing, joining, serializing and inspecting never show a secret', () => {
	const holder = {secret, list: [secret], map: new Map([['key', secret]])};
	const shown = [
		String(secret),
		`${secret}`,
		`a${secret}`,
		[secret].join(),
		JSON.stringify(secret),
		JSON.stringify(holder),
		inspect(secret),
		inspect(holder, {depth: 9, showHidden: true, getters: true}),
		inspect(secret, {customInspect: false, showHidden: true, showProxy: true}),
		format('%s %o %O %j', secret, secret, secret, secret),
		JSON.stringify(structuredClone({...secret})),
		JSON.stringify(Object.getOwnPropertyDescriptors(secret)),
		Object.keys(secret).join(),
		String(new Error(`bad ${secret}`).stack),
	];
	for (const each of shown) assert.ok(!each.includes(text.slice(0, 8)), each);
	assert.equal(`${secret}`, '[redacted]');
	assert.equal(JSON.stringify({secret}), '{"secret":"[redacted]"}');
	assert.equal(inspect([secret]), '[ [redacted] ]');
});

test('secrets are compared by their text', () => {
	assert.ok(secret.equals(new Secret(text)));
	assert.ok(!secret.equals(new Secret(`${text} `)));
	assert.ok(new Secret('').isEmpty);
	assert.ok(!new Secret(' ').isEmpty);
});
