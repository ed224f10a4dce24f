import assert from 'node:assert/strict';
import {test} from 'node:test';
import {EditPage} from '../../../../source/ui/screens/edit/edit-page.js';
import {WizardView} from '../../../../source/ui/screens/wizard/wizard.js';
import {awsContent, storedCredential} from '../../../helpers/credentials.js';
import {picture} from '../../../helpers/frame.js';
import {failed, openedApp, played, smallest, type World} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const view = viewer(['wizard'], props => <WizardView {...props} />);
const form = viewer(['edit'], props => <EditPage {...props} />);

const keyId = 'AKIAPRODEU23AEXAMPLE';
const secretKey = 'EXAMPLE/prodEU/NotARealSecretAccessKey00';
const environment = {AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_KEY: secretKey};

/** The keys up to each question, for a new AWS key that is typed in. */
const toName = ['n', 'enter'] as const;
const toSource = [...toName, 'prod-eu', 'enter'] as const;
const toField = [...toSource, 'enter'] as const;
const toSecret = [...toField, keyId, 'enter'] as const;
const toRegion = [...toSecret, secretKey, 'enter'] as const;
const toReview = [...toRegion, 'eu-west-1', 'enter'] as const;
const toFile = [...toSource, 'down', 'down', 'enter'] as const;

const wizard = (keys: readonly string[], world: World = {}): string => view(played(openedApp(world), ...keys));
const review = (keys: readonly string[], world: World = {}): string => form(played(openedApp(world), ...keys));

test('the wizard starts with the provider, and shows all its steps', () => {
	const frame = wizard(['n']);
	assert.match(frame, /^╭─ New credential ─+╮\n│ ● provider {3}○ name {3}○ from {3}○ fields {3}○ review +│\n│ +│\n/);
	assert.match(frame, /│ Which provider is it for\? +│\n│ ❯ type to search +│\n│ +│\n│ ❯ Amazon Web Services /);
});

test('the name is asked for before any secret, and the id of the provider is suggested', () => {
	assert.equal(
		wizard(toName, {rows: 14}),
		picture`
			╭─ New credential ─────────────────────────────────────────────────────────────╮
			│ ✓ provider   ● name   ○ from   ○ fields   ○ review                           │
			│ What is it called?                                                           │
			│ ❯ aws                                                                        │
			│   enter takes aws; or letters, digits, . _ and -                             │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('no name is suggested when that of the provider is taken', () => {
	const frame = wizard(toName, {credentials: [storedCredential('aws')]});
	assert.match(frame, /│ What is it called\? +│\n│ ❯ +│\n│ {3}letters, digits, \. _ and - +│/);
});

test('a name is checked as it is typed', () => {
	assert.match(wizard([...toName, 'prod-eu']), /│ ❯ prod-eu +│\n│ {3}✓ prod-eu is free +│/);
	assert.match(wizard([...toName, 'PROD']), /│ ❯ PROD +│\n│ {3}prod exists already; choose another name +│/);
	assert.match(wizard([...toName, 'a b']), /│ ❯ a b +│\n│ {3}a name /);
});

test('enter on a taken name reports the problem once', () => {
	assert.match(
		wizard([...toName, 'PROD', 'enter']),
		/│ ❯ PROD +│\n│ ✖ prod exists already; choose another name +│\n│ +│/,
	);
});

test('the previous answers stand above the question', () => {
	assert.equal(
		wizard(toSource, {rows: 16}),
		picture`
			╭─ New credential ─────────────────────────────────────────────────────────────╮
			│ ✓ provider   ✓ name   ● from   ○ fields   ○ review                           │
			│                                                                              │
			│    provider           Amazon Web Services                                    │
			│    name               prod-eu                                                │
			│                                                                              │
			│ Where do its values come from?                                               │
			│ ❯ type it in       one field at a time                                       │
			│   the environment  nothing found there                                       │
			│   a file           JSON, YAML, the provider's own                            │
			│   a paste          paste it here now: JSON, YAML, .env                       │
			│   made for you     a key of its own, made by another one                     │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('an environment without the variables is reported with their names', () => {
	const frame = wizard([...toSource, 'down', 'enter']);
	assert.match(frame, /│ ✖ none of its variables is set; they are AWS_ACCESS_KEY_ID, +│\n│ AWS_SECRET_ACCESS_KEY +│/);
});

test('a file is asked for by its path, with the accepted kinds', () => {
	const frame = wizard(toFile);
	assert.match(
		frame,
		/│ Which file\? +│\n│ ❯ +│\n│ {3}what was downloaded, its tool's own file, a \.env, JSON, YAML, a manifest {3}│/,
	);
});

test('a spinner below the path shows that a file is read', () => {
	const frame = wizard([...toFile, '/x', 'enter']);
	assert.match(frame, /│ ❯ \/x +│\n/);
	assert.match(frame, /│ ⠋ Reading +│/);
});

test('a missing file or an empty path is reported in place of the help', () => {
	const none = failed('read-file', 'file', '`/x` does not exist', 'check the path');
	const frame = view(played(openedApp(), ...toFile, '/x', 'enter', none));
	assert.match(frame, /│ ❯ \/x +│\n│ ✖ `\/x` does not exist; check the path +│/);
	assert.match(wizard([...toFile, 'enter']), /│ ❯ +│\n│ ✖ type the path of a file +│/);
	const small = view(played(openedApp(smallest), ...toFile, '/x', 'enter', none));
	assert.match(small, /│ ❯ \/x +│\n│ ✖ `\/x` does not exist; check the +│\n│ path +│/);
});

test('a file with several profiles asks for one of them by public id', () => {
	const sources = ['default', 'staging'].map((label, index) => ({
		label,
		data: awsContent('x', {accessKeyID: `AKIAPROFILE0${index}EXAMPLE`}).data,
	}));
	const frame = view(played(openedApp(), ...toFile, '/x', 'enter', {type: 'file-read', sources}, 'down'));
	assert.match(
		frame,
		/│ The file holds several\. Which one\? +│\n│ {3}default {2}AKIAPROFILE00EXAMPLE +│\n│ ❯ staging {2}AKIAPROFILE01EXAMPLE +│/,
	);
});

test('what can not be kept of a file, and what to know about the rest, is said', () => {
	const {data} = awsContent('x');
	const read = (remark = {}, left: readonly string[] = []) => {
		const answer = {type: 'file-read', sources: [{label: 'a', data, ...remark}], left} as const;
		return played(openedApp(), ...toFile, '/x', 'enter', answer).message?.text;
	};
	assert.equal(read({}, ["`b` can't be read"]), "left out: `b` can't be read");
	assert.equal(read({remark: 'another key was taken'}), 'another key was taken');
});

test('a field is asked for by its label, with help', () => {
	const frame = wizard(toField);
	assert.match(frame, /│ ✓ provider {3}✓ name {3}✓ from {3}● fields {3}○ review +│/);
	assert.match(frame, /│ {4}from +typed in +│\n│ +│\n│ Access key ID +│\n│ ❯ +│\n│ {3}starts with AKIA, /);
});

test('a secret is masked as it is typed, and masked among the answers', () => {
	const typed = wizard([...toSecret, secretKey]);
	assert.match(typed, /│ {4}Access key ID {6}AKIAPRODEU23AEXAMPLE +│/);
	assert.match(typed, /│ Secret access key +│\n│ ❯ •{40} +│\n│ {3}40 typed; 40 characters, /);
	assert.match(wizard(toRegion), /│ {4}Secret access key {2}•{12} +│/);
	assert.doesNotMatch(typed + wizard(toRegion), /NotARealSecret/);
});

test('an odd value is reported with the key that keeps it', () => {
	const frame = wizard([...toField, 'AKIASHORT', 'enter']);
	assert.match(
		frame,
		/│ ❯ AKIASHORT +│\n│ ! AWS access key ids have 20 characters, this has 9; enter again to keep it +│/,
	);
});

test('in the smallest window a warning is whole, in the place of the steps', () => {
	assert.equal(
		wizard([...toField, 'AKIASHORT', 'enter'], smallest),
		picture`
			╭─ New credential ─────────────────────╮
			│ Access key ID                        │
			│ ❯ AKIASHORT                          │
			│ ! AWS access key ids have 20         │
			│ characters, this has 9; enter again  │
			│ to keep it                           │
			╰──────────────────────────────────────╯
		`,
	);
});

test('the review shows every answer, secrets masked, and empty fields as not set', () => {
	assert.equal(
		review([...toRegion, 'enter'], {rows: 20}),
		picture`
			╭─ New credential ─────────────────────────────────────────────────────────────╮
			│ ✓ provider   ✓ name   ✓ from   ✓ fields   ● review                           │
			│                                                                              │
			│    provider           Amazon Web Services                                    │
			│    from               typed in                                               │
			│    Access key ID      AKIAPRODEU23AEXAMPLE                                   │
			│    Secret access key  ••••••••••••                                           │
			│    Session token      not set                                                │
			│    Region             not set                                                │
			│    Expiration         not set                                                │
			│    name               prod-eu                                                │
			│ ❯  labels             not set                                                │
			│    expires            not set                                                │
			│    note               not set                                                │
			│                                                                              │
			│ such as env=prod, team=dns                                                   │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('ctrl+r shows the secrets of the review', () => {
	assert.match(
		review([...toReview, 'ctrl+r']),
		/│ {4}Secret access key {2}EXAMPLE\/prodEU\/NotARealSecretAccessKey00 +│/,
	);
});

test('the review names the environment variable of each answer', () => {
	const frame = review([...toSource, 'down', 'enter'], {environment});
	assert.match(frame, /│ {4}from +the environment +│/);
	assert.match(frame, /│ {4}Access key ID {6}AKIAPRODEU23AEXAMPLE {2}from AWS_ACCESS_KEY_ID +│/);
	assert.match(frame, /│ {4}Secret access key {2}•{12} {2}from AWS_SECRET_KEY +│/);
});

test('temporary keys that no longer work are not kept', () => {
	const temporary = {...environment, AWS_ACCESS_KEY_ID: 'ASIAPRODEU23AEXAMPLE', AWS_SESSION_TOKEN: 'invented'};
	const expiring = (expiration: string, ...keys: readonly string[]): string =>
		review([...toSource, 'down', 'enter', ...keys], {
			environment: {...temporary, AWS_CREDENTIAL_EXPIRATION: expiration},
		});
	const dead = /│ ✖ these temporary keys expired on 2026-11-24T11:59:59Z: get new ones +│/;
	assert.match(expiring('2026-11-24T11:59:59Z', 'enter'), dead);
	assert.match(expiring('2026-11-24T11:59:59Z', 'enter', 'enter'), dead);
	assert.doesNotMatch(expiring('2026-11-24T12:00:01Z', 'enter'), /expired/);
});

test('an odd answer has a sign in the review', () => {
	assert.match(
		review([...toField, 'AKIASHORT', 'enter', 'enter', secretKey, 'enter', 'enter']),
		/│ {2}! Access key ID {6}AKIASHORT +│/,
	);
});

test('the review shows labels, note and expiry from the command line', () => {
	const start = {
		kind: 'create',
		name: storedCredential('prod-eu').name,
		provider: 'aws',
		labels: new Map([['env', 'prod']]),
		note: 'asked ops',
		expires: '2027-01-01',
	} as const;
	const frame = review(['enter', keyId, 'enter', secretKey, 'enter', 'enter'], {start});
	assert.match(frame, /│ ❯ {2}labels +env=prod +│\n│ {4}expires +2027-01-01 +│\n│ {4}note +asked ops +│/);
});

test('the review names the credential with the same secret, and the key that keeps both', () => {
	const twin = storedCredential('twin', {
		data: awsContent('x', {accessKeyID: keyId, secretAccessKey: secretKey, region: 'eu-west-1'}).data,
	});
	assert.match(
		review([...toReview, 'enter'], {credentials: [twin]}),
		/│ ! twin has the same secret; enter again to keep both +│/,
	);
});

test('a spinner stands below the answers during a save', () => {
	assert.match(review([...toReview, 'enter']), /│ ⠋ Saving +│/);
});

test('a failed save is reported below the answers', () => {
	const full = failed('add', 'file', 'no space is left on the disk');
	assert.match(form(played(openedApp(), ...toReview, 'enter', full)), /│ ✖ no space is left on the disk +│/);
});

test('a name that somebody else took meanwhile has the keyboard in the form, with the reason', () => {
	const taken = failed('add', 'exists', 'a credential `prod-eu` exists already');
	const frame = form(played(openedApp(), ...toReview, 'enter', taken));
	assert.match(frame, /│ ❯ {2}name +prod-eu +│/);
	assert.match(frame, /│ ✖ a credential `prod-eu` exists already +│/);
});

test('the last step confirms the new credential and shows the command that prints it', () => {
	const made = storedCredential('prod-eu');
	const stored = {credentials: [made], trash: []};
	const added = {type: 'changed', change: {kind: 'added', credentials: [made]}, stored} as const;
	assert.equal(
		view(played(openedApp({rows: 13}), ...toReview, 'enter', added)),
		picture`
			╭─ New credential ─────────────────────────────────────────────────────────────╮
			│ ✓ provider   ✓ name   ✓ from   ✓ fields   ✓ review                           │
			│ ✓ prod-eu is in the vault.                                                   │
			│                                                                              │
			│ On the command line                                                          │
			│   pharmer get credentials prod-eu -o yaml                                    │
			│                                                                              │
			│                                                                              │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
	const elsewhere = played(openedApp({vault: '/mnt/vault.json'}), ...toReview, 'enter', added);
	assert.match(view(elsewhere), /│ {3}pharmer --vault \/mnt\/vault\.json get credentials prod-eu -o yaml +│/);
});

test('a narrow window names the current step, and shows only the signs of the others', () => {
	assert.equal(
		wizard(toField, smallest),
		picture`
			╭─ New credential ─────────────────────╮
			│ ✓   ✓   ✓   ● fields   ○             │
			│ Access key ID                        │
			│ ❯                                    │
			│   starts with AKIA, or with ASIA for │
			│   temporary keys; 20 characters      │
			╰──────────────────────────────────────╯
		`,
	);
});

test('a low window shows the row with the keyboard, counts those below, and the arrows reach all', () => {
	const low = {columns: 40, rows: 12};
	assert.equal(
		review(toReview, low),
		picture`
			╭─ New credential ─────────────────────╮
			│ ✓   ✓   ✓   ✓   ● review             │
			│    provider           Amazon Web Se… │
			│    Expiration         not set        │
			│    name               prod-eu        │
			│ ❯  labels             not set        │
			│    ↓ 2 more                          │
			│ such as env=prod, team=dns           │
			╰──────────────────────────────────────╯
		`,
	);
	assert.match(review([...toReview, 'up', 'up', 'up'], low), /│ ❯ {2}Region +eu-west-1 +│/);
	assert.match(review([...toReview, 'down', 'down'], low), /│ ❯ {2}note +│\n/);
});

test('the wizard is drawn in ASCII on an ASCII terminal', () => {
	const frame = form(played(openedApp(), ...toReview), {ascii: true});
	assert.match(frame, /^\| v provider {3}v name {3}v from {3}v fields {3}\* review +\|$/m);
	assert.match(frame, /^\| {4}Secret access key {2}\*{12} +\|$/m);
	assert.doesNotMatch(frame, /[^ -~\n]/);
});

test('everything odd is reported at once, with what another credential has in common, and one enter keeps it', () => {
	const cut = secretKey.slice(1);
	const odd = {AWS_ACCESS_KEY_ID: 'AKIASHORT', AWS_SECRET_ACCESS_KEY: cut};
	const data = awsContent('x', {accessKeyID: keyId, secretAccessKey: cut, region: ''}).data;
	const world = {environment: odd, credentials: [storedCredential('twin', {data})], columns: 140};
	const keys = [...toSource, 'down', 'enter', 'enter'];
	const frame = review(keys, world).replaceAll(/ *│\n│ */g, ' ');
	assert.match(
		frame,
		/! Access key ID: AWS access key ids have 20 characters, this has 9; Secret access key: AWS secret access keys have 40 characters, this has 39; twin has the same secret; enter again to keep them/,
	);
	assert.match(review([...keys, 'enter'], world), /│ ⠋ Saving +│/);
});

test('what is wrong with the source is told whole in the smallest window, beside the chosen one', () => {
	const none = played(openedApp(smallest), 'n', 'enter', 'prod-eu', 'enter', 'down', 'enter');
	const frame = view(none);
	assert.match(frame, /❯ the environment/);
	assert.match(frame.replaceAll(/\s*│\n│ /g, ' '), /they are AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY/);
});
