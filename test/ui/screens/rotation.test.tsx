import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {State} from '../../../source/app/core/state.js';
import {pressOf} from '../../../source/app/input/keys.js';
import {update} from '../../../source/app/loop/update.js';
import {focusedRow} from '../../../source/app/screens/edit/edit-screen.js';
import {rotationGuide} from '../../../source/app/screens/rotation.js';
import {spokenScreen} from '../../../source/app/spoken/screen.js';
import {providers} from '../../../source/providers/catalog.js';
import {RotationView} from '../../../source/ui/screens/rotation.js';
import {on, openedApp, played, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const rotation = viewer(['rotation'], ({screen, layout}) => <RotationView screen={screen} layout={layout} />);

/** The guide of the chosen credential, which can't be rotated otherwise. */
const byHand = (state: State, why = 'its provider has no API for that') =>
	played(state, 'ctrl+g', {
		type: 'rotation-planned',
		id: state.selected ?? '',
		plan: {why, signer: 'aws', needsSigner: false, disables: false},
	});

test('where there is no API, ctrl+g says so, then how to rotate and revoke by hand and how to get a new one', () => {
	const frame = rotation(byHand(played(on('prod', {rows: 60}), 'enter')));
	assert.match(frame, /^ The key of prod is replaced by hand: its provider has no API for that\./);
	assert.match(frame, /Make\s+the new one first and revoke the old one last/);
	assert.match(frame, /Rotate and revoke\n {2}1\. Make a new one, as below, or at\s+https:/);
	assert.match(frame, /4\. Revoke the old one:\s+https:/);
	assert.match(frame, /❯ aws iam /);
});

test('each command can be copied, and esc goes back to where one was', () => {
	const open = byHand(played(on('prod'), 'enter'));
	const {effects} = update(open, {type: 'key', press: pressOf('y')}, open.now);
	assert.equal(effects[0]?.type, 'copy');
	assert.equal(played(open, 'tab').screen.kind, 'rotation');
	assert.equal(played(open, 'esc').screen.kind, 'detail');
});

test('Health leads there for the credential under the cursor, and back', () => {
	const health = played(openedApp(), 'H');
	const chosen = {...health, selected: played(health, 'ctrl+g').selected};
	const open = byHand(chosen);
	assert.equal(open.screen.kind, 'rotation');
	assert.equal(played(open, 'esc').screen.kind, 'health');
});

test('every provider with a guide has its page to revoke in the steps', () => {
	for (const {id, guide} of providers) {
		const made = rotationGuide({name: 'x', id: '', provider: id});
		assert.equal(made === undefined, guide === undefined, id);
		if (guide !== undefined)
			assert.ok(
				made?.sections[0]?.lines.some(line => line.includes(guide.revoke)),
				id,
			);
	}
});

test('a screen reader reads the steps, and the smallest window shows their beginning', () => {
	const open = byHand(played(on('prod', smallest), 'enter'));
	assert.match(spokenScreen(open).join('\n'), /Rotate and revoke\n1\. Make a new one/);
	assert.match(rotation(open), /The key of prod is replaced by hand/);
});

test('for AWS the commands make another key and take away this one', () => {
	const frame = rotation(byHand(on('prod', {columns: 140, rows: 40})));
	assert.match(frame, /aws iam create-access-key --user-name USER\n/);
	assert.match(frame, /aws iam delete-access-key --user-name USER --access-key-id AKIAIOSFODNN7EXAMPLE/);
	assert.doesNotMatch(frame, /create-group|OLD_ID/);
});

test('an id that a shell would take apart is not put into a command', () => {
	const guide = rotationGuide({name: 'x', id: 'AKIA; rm -rf ~', provider: 'aws'});
	const lines = guide?.sections.flatMap(({lines}) => lines) ?? [];
	assert.ok(lines.some(line => line.endsWith('--access-key-id OLD_ID')));
	assert.ok(!lines.some(line => line.includes('rm -rf')));
});

test('n takes the new secret in its field, and saving it is a rotation about which the provider is asked', () => {
	const open = byHand(played(on('prod'), 'enter'));
	const edit = played(open, 'n');
	assert.ok(edit.screen.kind === 'edit');
	assert.equal(focusedRow(edit.screen)?.field.key, 'secretAccessKey');
	const typed = played(edit, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYOTHERSECRE');
	const {state, effects} = update(typed, {type: 'key', press: pressOf('ctrl+s')}, typed.now);
	const [effect] = effects;
	assert.ok(effect?.type === 'replace' && effect.cause === 'rotate');
	const [basis] = effect.replacements.map(each => each.basis);
	assert.ok(basis !== undefined && 'name' in basis);
	const before = typed.credentials.find(({id}) => id === basis.id);
	assert.ok(before !== undefined);
	const after = {...before, revision: before.revision + 1};
	const saved = update(
		state,
		{
			type: 'changed',
			change: {kind: 'replaced', pairs: [{before, after}]},
			stored: {credentials: [after], trash: []},
		},
		state.now,
	);
	assert.deepEqual(
		saved.effects.map(({type}) => type),
		['plan-verify'],
	);
	assert.equal(saved.state.screen.kind, 'detail');
});

test('what uses it is shown before the steps, once it is found', () => {
	const open = byHand(on('prod', {rows: 60}));
	const found = played(open, {
		type: 'rotation-planned',
		id: open.selected ?? '',
		plan: {why: 'no', signer: 'aws', needsSigner: false, disables: false, uses: ['`a\u001b.env` holds it']},
	});
	assert.match(rotation(found), /What uses it here\n {2}1\. `a\\u001b\.env` holds it[\s\S]*Rotate and revoke/);
});
