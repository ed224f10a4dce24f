import assert from 'node:assert/strict';
import {test} from 'node:test';
import {TeamView} from '../../../../source/ui/screens/team/team.js';
import {picture} from '../../../helpers/frame.js';
import {inventedConflict, inventedExposed, inventedTeam, synced} from '../../../helpers/invented-team.js';
import {openedApp, played, smallest} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const team = viewer(['team'], props => <TeamView {...props} />);

test('members stand below number and words of the last entry and what is known of the storage', () => {
	assert.equal(
		team(played(openedApp({rows: 14}), synced(), 'M')),
		picture`
			╭─ Team · 4 members ───────────────────────────────────────────────────────────╮
			│ entry 42: uncle drum miss tube people render                                 │
			│ last word from the others 2 hours ago · storage reached just now             │
			│ at s3://our-bucket/team?endpoint=https://s3.example.com                      │
			│                                                                              │
			│   name                     role   six words                                  │
			│ ❯ ana-laptop (this device) admin  dry rapid glimpse simple gift saddle       │
			│   ana-desktop              admin  already miss matrix symbol giraffe inquiry │
			│   ben                      writer desert butter quiz exact wreck fall        │
			│   ci                       reader guard enact left venue film silk           │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('everything that waits for a person is said', () => {
	const busy = {
		conflicts: [inventedConflict()],
		exposed: inventedExposed(['prod', 'dev']),
		pending: 1,
		skipped: [{seq: 40, why: 'its author\u001b[2J is a reader'}],
	};
	const shown = team(played(openedApp(), synced(busy), 'M'));
	assert.match(shown, /1 credential not shared yet/);
	assert.match(shown, /1 conflict: c shows what you and others had/);
	const known = {conflicts: [{...inventedConflict(), by: {name: 'ben', at: '2026-11-24T10:00:00Z'}}]};
	assert.match(team(played(openedApp(), synced(known), 'M')), /1 conflict with ben: c shows/);
	assert.match(shown, /removed members could read 2 credentials: w lists what to rotate/);
	assert.match(shown, /one entry counts for nobody; the last, 40: its author\\u001b\[2J is a reader/);
});

test('a device that only reads hears that its own changes stay here', () => {
	const [, , , ci] = inventedTeam.members;
	const shown = team(played(openedApp(), synced({self: ci, pending: 1}), 'M'));
	assert.match(shown, /1 credential changed here only: a reader shares nothing/);
});

test('a failure comes first where there is little room', () => {
	const failure = {code: 'forked', message: 'the storage shows another entry 42', hint: 'compare words'} as const;
	const shown = team(played(openedApp(smallest), synced(), 'M', {type: 'sync-failed', failure, team: inventedTeam}));
	assert.equal(
		shown,
		picture`
			╭─ Team · 4 members · ↓ 3 more ────────╮
			│ The last sync failed: the storage    │
			│   name                     role      │
			│ ❯ ana-laptop (this device) admin     │
			│ ana-laptop: dry rapid glimpse simple │
			│ gift saddle                          │
			╰──────────────────────────────────────╯
		`,
	);
});

test('a device that was removed says so', () => {
	const shown = team(played(openedApp(), synced({self: undefined, isRemoved: true, pending: 2}), 'M'));
	assert.doesNotMatch(shown, /not shared yet/);
	assert.match(shown, /This device was removed: nothing comes in, and nothing goes out\./);
});

test('many members scroll, and long names keep their ends', () => {
	const members = Array.from({length: 40}, (_, at) => ({
		...(inventedTeam.members[2] as (typeof inventedTeam.members)[number]),
		id: `${at}`,
		name: `member-${at}-${'long'.repeat(12)}`,
	}));
	const shown = team(played(openedApp({rows: 16}), synced({members}), 'M', 'G'));
	assert.equal(
		shown,
		picture`
			╭─ Team · 40 members ──────────────────────────────────────────────────────────╮
			│ entry 42: uncle drum miss tube people render                                 │
			│ last word from the others 2 hours ago · storage reached just now             │
			│ at s3://our-bucket/team?endpoint=https://s3.example.com                      │
			│   name                            role   six words                           │
			│   member-33-longl…onglonglonglong writer desert butter quiz exact wreck fall │
			│   member-34-longl…onglonglonglong writer desert butter quiz exact wreck fall │
			│   member-35-longl…onglonglonglong writer desert butter quiz exact wreck fall │
			│   member-36-longl…onglonglonglong writer desert butter quiz exact wreck fall │
			│   member-37-longl…onglonglonglong writer desert butter quiz exact wreck fall │
			│   member-38-longl…onglonglonglong writer desert butter quiz exact wreck fall │
			│ ❯ member-39-longl…onglonglonglong writer desert butter quiz exact wreck fall │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('a vault that is shared with nobody has the commands that share it', () => {
	const shown = team(played(openedApp({rows: 16, vault: '/tmp/my vault.json'}), 'M'));
	assert.match(shown, /This vault is shared with nobody\./);
	assert.match(shown, / {2}pharmer --vault '\/tmp\/my vault\.json' team init URL/);
	assert.match(shown, / {2}pharmer --vault '\/tmp\/my vault\.json' team join URL/);
	assert.match(team(played(openedApp({columns: 40, rows: 12}), 'M')), /pharmer team join URL/);
});

test('without Unicode nothing of it is lost', () => {
	assert.match(team(played(openedApp(), synced(), 'M'), {ascii: true}), /> ana-laptop \(this device\) admin/);
});
