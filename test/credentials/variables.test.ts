import assert from 'node:assert/strict';
import {test} from 'node:test';
import {handOn, variableName} from '../../source/credentials/variables.js';
import {aws} from '../../source/providers/aws/schema.js';
import {generic} from '../../source/providers/generic/schema.js';
import type {Provider} from '../../source/providers/provider.js';
import {fields} from '../helpers/command-line.js';

const told = ({variables, files, unset}: ReturnType<typeof handOn>) => ({
	variables: variables.map(({name, value}) => `${name}=${value.reveal()}`),
	files: files.map(({fileName, variables: names}) => `${fileName} ${names.join()}`),
	unset,
});

test('sets the official variables and unsets conflicting ones', () => {
	const {variables, unset} = told(
		handOn(aws, fields({accessKeyID: 'a', secretAccessKey: 's', region: 'eu-west-1'}), false),
	);
	assert.deepEqual(variables, [
		'AWS_ACCESS_KEY_ID=a',
		'AWS_SECRET_ACCESS_KEY=s',
		'AWS_REGION=eu-west-1',
		'AWS_DEFAULT_REGION=eu-west-1',
	]);
	for (const name of ['AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN', 'AWS_PROFILE', 'AWS_ACCESS_KEY'])
		assert.ok(unset.includes(name), name);
	for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_REGION']) assert.ok(!unset.includes(name), name);
});

test('passes a value as a file when its tool wants one and files are requested', () => {
	const provider: Provider = {
		...generic,
		open: false,
		fields: [
			{
				key: 'key',
				label: 'Key',
				help: 'a key',
				secret: true,
				required: true,
				environment: ['TOOL_KEY'],
				file: {name: 'key.pem', variables: ['TOOL_KEY_FILE']},
				aliases: [],
			},
		],
	};
	const data = fields({key: 'pem'});
	assert.deepEqual(told(handOn(provider, data, false)), {
		variables: ['TOOL_KEY=pem'],
		files: [],
		unset: ['TOOL_KEY_FILE'],
	});
	assert.deepEqual(told(handOn(provider, data, true)), {
		variables: [],
		files: ['key.pem TOOL_KEY_FILE'],
		unset: ['TOOL_KEY'],
	});
});

test('an unknown field gets a variable named after it', () => {
	assert.deepEqual(told(handOn(generic, fields({DATABASE_URL: 'x', apiToken: 'y', 'a.b-c': 'z'}), false)).variables, [
		'DATABASE_URL=x',
		'API_TOKEN=y',
		'A_B_C=z',
	]);
	assert.deepEqual(['token', '2fa', 'accessKeyID', 'HTTPServer', 'mixed_Case'].map(variableName), [
		'TOKEN',
		'_2FA',
		'ACCESS_KEY_ID',
		'HTTPSERVER',
		'MIXED_CASE',
	]);
});
