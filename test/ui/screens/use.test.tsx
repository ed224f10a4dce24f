import assert from 'node:assert/strict';
import {test} from 'node:test';
import {UseView} from '../../../source/ui/screens/use.js';
import {picture} from '../../helpers/frame.js';
import {on, played, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const use = viewer(['use'], props => <UseView {...props} />);

test('the use dialog lists the ways to use an AWS key, with the whole command of the selected one below', () => {
	assert.equal(
		use(played(on('prod', {columns: 100}), 'U')),
		picture`
			╭─ Use prod ────────────────────────────────────────────────────────────────────────────╮
			│ ❯ run a command with it            pharmer exec prod -- aws sts get-caller-identity   │
			│   into this shell                  eval "$(pharmer env prod)"                         │
			│   into this shell, in fish         pharmer env prod --shell fish | source             │
			│   as a profile of the aws command  pharmer aws setup prod                             │
			│   with that profile                aws --profile prod sts get-caller-identity         │
			│   as a Kubernetes secret           pharmer export prod -o k8s-secret --to secret.yaml │
			│   as JSON, for another program     pharmer get credential prod -o json                │
			│                                                                                       │
			│ pharmer exec prod -- aws sts get-caller-identity                                      │
			╰───────────────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('the command below the list follows the cursor', () => {
	const frame = use(played(on('prod'), 'U', 'down', 'down', 'down', 'down', 'down'));
	assert.match(frame, /│ ❯ as a Kubernetes secret /);
	assert.match(frame, /\n│ pharmer export prod -o k8s-secret --to secret\.yaml +│\n╰/);
});

test('a provider without its own command has fewer ways, and a placeholder for the command', () => {
	const frame = use(played(on('registry'), 'U'));
	assert.match(frame, /│ pharmer exec registry -- COMMAND +│/);
	assert.doesNotMatch(frame, /aws/);
});

test('a command names the vault that a flag has named', () => {
	const frame = use(played(on('prod', {vault: '/mnt/a place/vault.json'}), 'U', 'down'));
	assert.match(frame, /\n│ eval "\$\(pharmer --vault '\/mnt\/a place\/vault\.json' env prod\)" +│\n╰/);
});

test('a narrow window shows no commands in the list, and wraps the one below', () => {
	assert.equal(
		use(played(on('prod', smallest), 'U')),
		picture`
			╭─ Use prod ───────────────────────────╮
			│ ❯ run a command with it              │
			│   into this shell                    │
			│                                      │
			│ pharmer exec prod -- aws sts         │
			│ get-caller-identity                  │
			╰──────────────────────────────────────╯
		`,
	);
});

test('the list scrolls with the cursor in a low window', () => {
	const frame = use(played(on('prod', smallest), 'U', 'down', 'down', 'down'));
	assert.match(frame, /│ ❯ as a profile of the aws command +│/);
	assert.doesNotMatch(frame, /run a command/);
});

test('no command holds a secret', () => {
	for (let row = 0; row < 7; row++) {
		const frame = use(played(on('prod', {columns: 200}), 'U', ...Array.from({length: row}, () => 'down')));
		assert.doesNotMatch(frame, /wJalr|EXAMPLEKEY/);
	}
});
