import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkData, checkField, isFieldAsked} from '../../source/credentials/check.js';
import {handOn} from '../../source/credentials/variables.js';
import {fieldLimit, forRules} from '../../source/domain/field-limit.js';
import {Secret} from '../../source/domain/secret.js';
import {lookInEnvironment} from '../../source/look/environment.js';
import {look} from '../../source/look/look.js';
import {providers} from '../../source/providers/catalog.js';
import {completeData, valuesOf} from '../../source/providers/data.js';
import {generic} from '../../source/providers/generic/schema.js';
import type {Field, Provider, Values} from '../../source/providers/provider.js';
import {secrets} from '../documents/samples.js';
import {findingsOf, oddityOf} from '../helpers/findings.js';
import {filesWorld} from '../helpers/import-world.js';

const full = 'x'.repeat(fieldLimit);
const over = `${full}x`;

test('a field holds 64 KiB and not one byte more, whatever the characters', () => {
	assert.equal(oddityOf(generic, 'token', full), '');
	assert.equal(oddityOf(generic, 'token', over), 'wrong: token is 65 KiB: a field takes at most 64 KiB');
	assert.equal(oddityOf(generic, 'token', '€'.repeat(fieldLimit / 3)), '');
	assert.match(
		oddityOf(generic, 'token', '€'.repeat(40 * 1024)),
		/^wrong: token is 120 KiB: a field takes at most 64 KiB/,
	);
});

test('an oversized value may replace itself, but not be replaced by another', () => {
	const stored = new Map([['token', new Secret(over)]]);
	const withNext = (value: string) => checkData(generic, secrets({token: value, more: 'y'}), stored);
	assert.deepEqual(withNext(over), []);
	assert.match(withNext(`${over}x`)[0]?.message ?? '', /^token is 65 KiB/);
	assert.match(findingsOf(generic, {token: over}).join(), /^wrong token: token is 65 KiB/);
});

/** A provider whose rules record how much text they are given. */
function watched(provider: Provider, seen: number[]): Provider {
	const noted = (value: string): string => {
		seen.push(Buffer.byteLength(value));
		return value;
	};
	const through =
		(value: Values): Values =>
		key =>
			noted(value(key));
	const {check} = provider;
	const fields = provider.fields.map(({oddity, tells, derived, asked, ...field}): Field => {
		return {
			...field,
			...(oddity && {oddity: (value, others) => oddity(noted(value), through(others))}),
			...(tells && {tells: value => tells(noted(value))}),
			...(derived && {derived: value => derived(through(value))}),
			...(asked && {asked: value => asked(through(value))}),
		};
	});
	return {...provider, fields, ...(check && {check: value => check(through(value))})};
}

test('no rule of any provider looks at more than 64 KiB', () => {
	for (const provider of providers) {
		const seen: number[] = [];
		const rules = watched(provider, seen);
		const keys = provider.fields.map(({key}) => key);
		for (const large of keys) {
			for (const unit of ['x', '€', '\u{1F511}']) {
				const data = new Map(keys.map(key => [key, new Secret(key === large ? unit.repeat(fieldLimit) : 'y')]));
				data.delete(keys.find(key => key !== large) ?? '');
				checkData(rules, data);
				completeData(rules, data);
				handOn(rules, data, true);
				for (const field of rules.fields) {
					isFieldAsked(rules, field, valuesOf(data));
					checkField(rules, field.key, valuesOf(data)(field.key), valuesOf(data));
				}
			}
		}
		assert.ok(Math.max(0, ...seen) <= fieldLimit, provider.id);
		assert.ok(provider.fields.length === 0 || seen.length > 0, provider.id);
	}
	assert.equal(forRules(full), full);
});

test('refuses oversized values in a file or the environment with a reason, and finds the rest', async () => {
	const env = (token: string) => `HCLOUD_TOKEN=${token}\nVULTR_API_KEY=abc\n`;
	const {found, refused} = await look(['/.env'], filesWorld({'/.env': env(over)}));
	assert.deepEqual(
		found.map(({provider}) => provider.id),
		['vultr'],
	);
	assert.deepEqual(
		refused.map(({reason}) => reason),
		["can't be kept: API token is 65 KiB: a field takes at most 64 KiB"],
	);
	const around = await lookInEnvironment(filesWorld({}, {HCLOUD_TOKEN: over}));
	assert.deepEqual(around.refused, [
		{
			where: 'the environment',
			label: 'HCLOUD_TOKEN',
			reason: "can't be kept: API token is 65 KiB: a field takes at most 64 KiB",
		},
	]);
});
