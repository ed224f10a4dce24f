import assert from 'node:assert/strict';
import {test} from 'node:test';
import {CopyView} from '../../../source/ui/screens/copy.js';
import {picture} from '../../helpers/frame.js';
import {on, played, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const copy = viewer(['copy'], props => <CopyView {...props} />);

test('the copy dialog lists the fields that have a value, the secrets behind a mask', () => {
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

test('the cursor of the copy dialog moves to the field that is copied', () => {
	const frame = copy(played(on('prod'), 'Y', 'down'));
	assert.match(frame, /│ ❯ Secret access key /);
	assert.match(frame, /│ {3}Access key ID /);
});

test('every mask is as wide as the others, whatever is behind it', () => {
	const frame = copy(played(on('ci-temporary'), 'Y'));
	assert.deepEqual(frame.match(/•+/g), ['••••••••••••', '••••••••••••']);
	assert.doesNotMatch(frame, /notARealSessionToken|EXAMPLE\//);
});

test('a field that no provider knows is called by its key, and is a secret', () => {
	assert.match(copy(played(on('registry'), 'Y')), /│ ❯ username +•{12} +│\n│ {3}token +•{12} +│/);
});

test('in a narrow window a value that does not fit is cut, and a mask is not', () => {
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

test('in a low window the list scrolls to the field under the cursor', () => {
	const frame = copy(played(on('ci-temporary', smallest), 'Y', 'down', 'down', 'down'));
	assert.match(frame, /│ ❯ Session token /);
	assert.doesNotMatch(frame, /Access key ID/);
});
