import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FieldQuestion, TextQuestion} from '../../../../source/ui/screens/wizard/wizard-questions.js';
import {secretKey} from '../../../helpers/credentials.js';
import {frameOf, picture} from '../../../helpers/frame.js';
import {lineOf} from '../../../helpers/line.js';
import {openedApp, played, type World} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const field = (width: number) => viewer(['wizard'], ({screen}) => <FieldQuestion screen={screen} width={width} />);

const question = {title: 'Which file?', placeholder: '~/a.json', help: 'JSON or YAML', tone: 'dim', width: 30} as const;
const toField = ['n', 'enter', 'prod-eu', 'enter', 'enter'] as const;

/** The question for the first field of that provider. */
const first = (provider: string, world: World = {}) =>
	played(openedApp(world), 'n', provider, 'enter', 'a-name', 'enter', 'enter');

test('a question has a title, a field with a placeholder, and help', () => {
	assert.equal(
		frameOf(<TextQuestion {...question} line={lineOf('')} />),
		picture`
			Which file?
			❯ ~/a.json
			  JSON or YAML
		`,
	);
});

test('an answer replaces the placeholder, and its end stays visible', () => {
	const frame = frameOf(<TextQuestion {...question} line={lineOf('/home/me/somewhere/in/here/a.json')} help="" />);
	assert.equal(frame, 'Which file?\n❯ …e/somewhere/in/here/a.json');
});

test('help wraps into rows', () => {
	const frame = frameOf(<TextQuestion {...question} line={lineOf('')} help="one two three four five six seven" />);
	assert.match(frame, /\n {2}one two three four five six\n {2}seven$/);
});

test('an optional field says so, a required one does not', () => {
	assert.match(field(76)(played(first('aws'))), /^Access key ID\n❯\n {2}starts with AKIA/);
	const region = played(openedApp(), ...toField, 'AKIAPRODEU23AEXAMPLE', 'enter', secretKey, 'enter');
	assert.match(field(76)(region), /^Region {2}optional\n❯\n/);
});

test('a field of one way to sign in names the others when there is room', () => {
	assert.match(field(76)(first('cloudflare')), /^API token {2}or the global API key with its email address\n/);
	assert.match(field(40)(first('cloudflare')), /^API token {2}optional\n/);
});

test('a secret is masked and counted as it is typed', () => {
	const secret = played(openedApp(), ...toField, 'AKIAPRODEU23AEXAMPLE', 'enter', 'abc');
	assert.match(field(76)(secret), /^Secret access key\n❯ •••\n {2}3 typed; 40 characters/);
	assert.match(field(76)(played(secret, 'ctrl+r')), /\n❯ abc\n {2}40 characters/);
});

test('a secret from the environment has a mask that does not show its length', () => {
	const environment = {AWS_SECRET_ACCESS_KEY: secretKey};
	const found = played(openedApp({environment}), ...toField.slice(0, 4), 'down', 'enter');
	const frame = field(76)(played(found, 'AKIAPRODEU23AEXAMPLE', 'enter'));
	assert.match(frame, /^Secret access key\n❯ •{12}\n/);
});

test('a pasted service account shows its account, but not its key', () => {
	const text = '{"type": "service_account", "client_email": "me@example.com", "private_key": "-----BEGIN"}';
	const pasted = {type: 'paste', text} as const;
	const frame = field(76)(played(first('gce'), 'enter', pasted));
	assert.match(frame, /^Service account key\n❯ •+\n {2}90 typed; of me@example\.com$/);
	assert.doesNotMatch(frame, /BEGIN/);
});

test('the help of a field is hidden when there is a problem', () => {
	assert.equal(field(76)(played(first('aws'), 'AKIASHORT', 'enter')), 'Access key ID\n❯ AKIASHORT');
});

test('the question for a field is empty before the fields are reached', () => {
	assert.equal(field(76)(played(openedApp(), 'n')), '');
});
