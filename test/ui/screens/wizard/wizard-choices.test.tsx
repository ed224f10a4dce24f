import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	ProfileQuestion,
	ProviderQuestion,
	SourceQuestion,
} from '../../../../source/ui/screens/wizard/wizard-choices.js';
import {awsContent} from '../../../helpers/credentials.js';
import {picture} from '../../../helpers/frame.js';
import {openedApp, played, type World} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const providers = (width: number, room: number) =>
	viewer(['wizard'], ({screen}) => <ProviderQuestion screen={screen} width={width} room={room} />);
const sources = (width: number) =>
	viewer(['wizard'], ({state, screen}) => <SourceQuestion state={state} screen={screen} width={width} room={6} />);
const profiles = (width: number, room: number) =>
	viewer(['wizard'], ({screen}) => <ProfileQuestion screen={screen} width={width} room={room} />);

const toSource = ['n', 'enter', 'prod-eu', 'enter'] as const;

test('the providers are listed with their purpose, and those that do not fit are counted', () => {
	assert.equal(
		providers(60, 7)(played(openedApp(), 'n')),
		picture`
			Which provider is it for?
			❯ type to search

			❯ Amazon Web Services  clusters, DNS, storage, Lightsail
			  Google Cloud         clusters, DNS, storage
			  Microsoft Azure      clusters, DNS
			  ↓ 17 more
		`,
	);
});

test('the list of providers scrolls with the cursor', () => {
	const frame = providers(60, 7)(played(openedApp(), 'n', 'down', 'down', 'down'));
	assert.match(frame, /^❯ DigitalOcean /m);
	assert.doesNotMatch(frame, /Amazon/);
});

test('typed text finds providers by name, id and purpose', () => {
	const first = (typed: string): string => providers(60, 10)(played(openedApp(), 'n', typed)).split('\n')[3] ?? '';
	assert.match(first('gen'), /^❯ Generic {2}any service/);
	assert.match(first('GCE'), /^❯ Google Cloud /);
	assert.match(first('swift'), /^❯ OpenStack /);
});

test('a search without a match points to the generic provider', () => {
	assert.equal(
		providers(60, 10)(played(openedApp(), 'n', 'azurr')),
		picture`
			Which provider is it for?
			❯ azurr

			No provider matches; \`generic\` takes any keys.
			❯ Generic  any service, any field names
		`,
	);
	const taken = played(openedApp(), 'n', 'azurr', 'enter').screen;
	assert.equal(taken.kind === 'wizard' && taken.provider?.id, 'generic', 'enter takes it');
});

test('each source is listed with a description', () => {
	assert.equal(
		sources(60)(played(openedApp(), ...toSource)),
		picture`
			Where do its values come from?
			❯ type it in       one field at a time
			  the environment  nothing found there
			  a file           JSON, YAML, the provider's own
			  a paste          paste it here now: JSON, YAML, .env
			  made for you     a key of its own, made by another one
		`,
	);
});

test('the environment lists the variables that were found, as many as fit', () => {
	const world: World = {environment: {AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y', AWS_REGION: 'z'}};
	const chosen = played(openedApp(world), ...toSource, 'down');
	assert.match(
		sources(80)(chosen),
		/^❯ the environment {2}3 found: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION$/m,
	);
	assert.match(sources(40)(chosen), /^❯ the environment {2}3 found: AWS_ACCESS_…$/m);
});

test('a provider without variables says so', () => {
	const generic = played(openedApp(), 'n', 'generic', 'enter', 'relay', 'enter');
	assert.match(sources(60)(generic), /^ {2}the environment {2}Generic has no variables of its own$/m);
});

test('the profiles of a file are listed with their ids, or with the names of their fields', () => {
	const {data} = awsContent('x', {accessKeyID: 'AKIAPROFILE00EXAMPLE'});
	const other = new Map([...data].filter(([key]) => key === 'secretAccessKey'));
	const read = {
		type: 'file-read',
		sources: [
			{label: 'default', data},
			{label: 'half\u001b', data: other},
			{label: 'third', data},
		],
	} as const;
	const opened = played(openedApp(), ...toSource, 'down', 'down', 'enter', '/x', 'enter', read);
	assert.equal(
		profiles(60, 9)(opened),
		picture`
			The file holds several. Which one?
			❯ default     AKIAPROFILE00EXAMPLE
			  half\\u001b  secretAccessKey
			  third       AKIAPROFILE00EXAMPLE
		`,
	);
	assert.match(profiles(60, 3)(opened), /^❯ default .*\n {2}↓ 2 more$/m);
});
