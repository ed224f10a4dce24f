import assert from 'node:assert/strict';
import {test} from 'node:test';
import {pressOf} from '../../../source/app/input/keys.js';
import {update} from '../../../source/app/loop/update.js';
import {rotationGuide} from '../../../source/app/screens/rotation.js';
import {spokenScreen} from '../../../source/app/spoken/screen.js';
import {providers} from '../../../source/providers/catalog.js';
import {RotationView} from '../../../source/ui/screens/rotation.js';
import {on, openedApp, played, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const rotation = viewer(['rotation'], ({screen, layout}) => <RotationView screen={screen} layout={layout} />);

test('ctrl+g in the detail shows how to rotate and revoke, then how to get a new one', () => {
	const frame = rotation(played(on('prod', {rows: 60}), 'enter', 'ctrl+g'));
	assert.match(frame, /A new secret for prod: the new one first and the old one last/);
	assert.match(frame, /Rotate and revoke\n {2}1\. Make a new one, as below, or at\s+https:/);
	assert.match(frame, /4\. Revoke the old one:\s+https:/);
	assert.match(frame, /❯ aws iam /);
});

test('each command can be copied, and esc goes back to where one was', () => {
	const open = played(on('prod'), 'enter', 'ctrl+g');
	const {effects} = update(open, {type: 'key', press: pressOf('y')}, open.now);
	assert.equal(effects[0]?.type, 'copy');
	assert.equal(played(open, 'tab').screen.kind, 'rotation');
	assert.equal(played(open, 'esc').screen.kind, 'detail');
});

test('Health leads there for the credential under the cursor, and back', () => {
	const health = played(openedApp(), 'H');
	const open = played(health, 'ctrl+g');
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
	const open = played(on('prod', smallest), 'enter', 'ctrl+g');
	assert.match(spokenScreen(open).join('\n'), /Rotate and revoke\n1\. Make a new one/);
	assert.match(rotation(open), /A new secret for prod/);
});

test('for AWS the commands make another key and take away this one', () => {
	const frame = rotation(played(on('prod', {columns: 140, rows: 40}), 'ctrl+g'));
	assert.match(frame, /aws iam create-access-key --user-name pharmer\n/);
	assert.match(frame, /aws iam delete-access-key --user-name pharmer --access-key-id AKIAIOSFODNN7EXAMPLE/);
	assert.doesNotMatch(frame, /create-group|OLD_ID/);
});

test('an id that a shell would take apart is not put into a command', () => {
	const guide = rotationGuide({name: 'x', id: 'AKIA; rm -rf ~', provider: 'aws'});
	const lines = guide?.sections.flatMap(({lines}) => lines) ?? [];
	assert.ok(lines.some(line => line.endsWith('--access-key-id OLD_ID')));
	assert.ok(!lines.some(line => line.includes('rm -rf')));
});
