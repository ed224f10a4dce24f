import assert from 'node:assert/strict';
import {test} from 'node:test';
import {CopyView} from '../../../source/ui/screens/copy.js';
import {picture} from '../../helpers/frame.js';
import {on, played, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const copy = viewer(['copy'], props => <CopyView {...props} />);

test('the copy dialog lists the fields that have a value, with secrets masked', () => {
	assert.equal(
		copy(played(on('prod'), 'Y')),
		picture`
			╭─ Copy which field of prod? ────────────────────────────────────╮
			│ ❯ Access key ID          AKIAIOSFODNN7EXAMPLE                  │
			│   Secret access key      ••••••••••••                          │
			│   Region                 eu-west-1                             │
			│                                                                │
			│ A secret is cleared after a while.                             │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('down moves the cursor of the copy dialog to the next field', () => {
	const frame = copy(played(on('prod'), 'Y', 'down'));
	assert.match(frame, /│ ❯ Secret access key /);
	assert.match(frame, /│ {3}Access key ID /);
});

test('all masks have the same width', () => {
	const frame = copy(played(on('ci-temporary'), 'Y'));
	assert.deepEqual(frame.match(/•+/g), ['••••••••••••', '••••••••••••']);
	assert.doesNotMatch(frame, /notARealSessionToken|EXAMPLE\//);
});

test('an unknown field is labelled with its key and masked', () => {
	assert.match(copy(played(on('registry'), 'Y')), /│ ❯ username +•{12} +│\n│ {3}token +•{12} +│/);
});

test('a narrow window cuts a value that does not fit, but no mask', () => {
	assert.equal(
		copy(played(on('prod', smallest), 'Y')),
		picture`
			╭─ Copy which field of prod? ──────────╮
			│ ❯ Access key ID      AKIAIOSFODNN7E… │
			│   Secret access key  ••••••••••••    │
			│   Region             eu-west-1       │
			│                                      │
			│ A secret is cleared after a while.   │
			╰──────────────────────────────────────╯
		`,
	);
});

test('the list scrolls with the cursor in a low window', () => {
	const frame = copy(played(on('ci-temporary', smallest), 'Y', 'down', 'down', 'down'));
	assert.match(frame, /│ ❯ Session token /);
	assert.doesNotMatch(frame, /Access key ID/);
});
