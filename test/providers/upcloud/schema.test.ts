import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkData} from '../../../source/credentials/check.js';
import {handOn} from '../../../source/credentials/variables.js';
import {Secret} from '../../../source/domain/secret.js';
import {upcloud} from '../../../source/providers/upcloud/schema.js';
import {assertGuide} from '../../helpers/guide.js';

const token = 'ucat_01EXAMPLEEXAMPLEEXAMPLEXX';

const dataOf = (data: Readonly<Record<string, string>>): ReadonlyMap<string, Secret> =>
	new Map(Object.entries(data).map(([key, value]) => [key, new Secret(value)]));

const find = (data: Readonly<Record<string, string>>): readonly string[] =>
	checkData(upcloud, dataOf(data)).map(({severity, message}) => `${severity}: ${message}`);

test('accepts a token or a user name with a password; both at once are odd', () => {
	assert.deepEqual(find({token}), []);
	assert.deepEqual(find({username: 'me', password: 'mine'}), []);
	assert.match(find({username: 'me'})[0] ?? '', /^wrong: Password is missing: it needs an API token or a user name/);
	assert.match(find({})[0] ?? '', /^wrong: it needs an API token or/);
	assert.match(find({token, username: 'me', password: 'mine'})[0] ?? '', /^odd: /);
});

test('a token of another provider is odd, and no part of it is shown', () => {
	assert.match(find({token: 'dop_v1_canary'})[0] ?? '', /^odd: (?!.*canary).*start with ucat_/);
	assert.match(find({token: ` ${token}`})[0] ?? '', /white space/);
});

test("with a token, its tools do not get somebody else's user name", () => {
	const {variables, unset} = handOn(upcloud, dataOf({token}), false);
	assert.deepEqual(
		variables.map(({name}) => name),
		['UPCLOUD_TOKEN'],
	);
	assert.ok(unset.includes('UPCLOUD_USERNAME') && unset.includes('UPCLOUD_PASSWORD'));
});

test('the guide names its pages and commands that can be pasted', () => assertGuide(upcloud, ['upctl']));
