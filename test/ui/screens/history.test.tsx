import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {State} from '../../../source/app/core/state.js';
import {HistoryView} from '../../../source/ui/screens/history.js';
import {demoContent} from '../../../source/vault/demo-content.js';
import {versionsOf} from '../../../source/vault/history/history.js';
import {getByName} from '../../../source/vault/operations.js';
import {picture} from '../../helpers/frame.js';
import {on, played, smallest, type World} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const history = viewer(['history'], props => <HistoryView {...props} />);
const content = demoContent(new Date('2026-11-24T12:00:00Z'));
const prod = getByName(content, 'prod');

/** The versions of the invented `prod`, read from the vault. */
function opened(world: World = {}, versions = versionsOf(content, prod)): State {
	return played(on('prod', world), 'v', {type: 'versions-read', id: prod.id, versions});
}

test('the versions are listed with what replaced them, above what is different now', () => {
	assert.equal(
		history(played(opened({rows: 15}), 'j')),
		picture`
			╭─ Versions of prod 2 ─────────────────────────────────────────────────────────╮
			│      replaced     how    what changed                                        │
			│   2  3 days ago   edited Access key ID, Secret access key                    │
			│ ❯ 1  2 months ago edited Region, label team, note                            │
			│ ──────────────────────────────────────────────────────────────────────────── │
			│                    then                  now                                 │
			│ Access key ID      AKIAPRODHAND2EXAMPLE  AKIAIOSFODNN7EXAMPLE                │
			│ Secret access key  ••••••••••••          ••••••••••••                        │
			│ Region             us-east-1             eu-west-1                           │
			│ label team         none                  platform                            │
			│ note               made by hand          Break glass only. The steps are in… │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('r shows the secrets of the version, and the next r hides them', () => {
	const shown = played(opened(), 'r');
	assert.match(history(shown), /│ Secret access key {2}EXAMPLE\/PRODHAND2\S+ +wJalrXUtnFEMI/);
	assert.doesNotMatch(history(played(shown, 'r')), /wJalr|PRODHAND2\//);
});

test('the smallest window keeps a version and a part of what is different', () => {
	const frame = history(played(opened(smallest), 'j'));
	assert.match(frame, /❯ 1 +2 months ago +Region/);
	assert.match(frame, /↓ 3 more +then +now/);
	assert.match(frame, /Secret a… +•+ +•+/);
});

test('what changed is whole before how it was changed is told', () => {
	assert.match(history(opened({columns: 60})), /❯ 2 {2}3 days ago {3}Access key ID, Secret access key +│/);
});

test('a version that is not exact says so', () => {
	const versions = versionsOf(content, prod).map(each => ({...each, isExact: false}));
	const frame = history(opened({}, versions));
	assert.match(frame, /❯ 2 +3 days ago +edited, not exact/);
	assert.match(frame, /Not exact: a program that keeps no versions has changed it since\./);
});

test('until they are read a spinner turns, and a credential without versions says so', () => {
	assert.match(history(played(on('prod'), 'v')), /Reading/);
	assert.match(history(opened({}, [])), /There are no earlier versions\./);
});

test('unsafe characters in a version are escaped', () => {
	const [latest] = versionsOf(content, prod);
	assert.ok(latest !== undefined);
	const hostile = {...latest, content: {...latest.content, note: 'a\u001b[2Jb\u202e'}};
	assert.match(history(opened({columns: 120}, [hostile])), /note +a\\u001b\[2Jb\\u202e/);
});
