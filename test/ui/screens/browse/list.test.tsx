import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {State} from '../../../../source/app/core/state.js';
import {columnsFor, shownColumns} from '../../../../source/app/screens/browse/list-columns.js';
import {measuresOf} from '../../../../source/app/screens/browse/list-measures.js';
import {Secret} from '../../../../source/domain/secret.js';
import {defaultSettings, sorts} from '../../../../source/domain/settings.js';
import {timestamp} from '../../../../source/domain/time.js';
import {ListView} from '../../../../source/ui/screens/browse/list.js';
import {makeTheme, ThemeContext} from '../../../../source/ui/theme.js';
import {storedCredential} from '../../../helpers/credentials.js';
import {openFrame, picture} from '../../../helpers/frame.js';
import {on, openedApp, played, smallest} from '../../../helpers/played.js';
import {layoutOf, viewer} from '../../../helpers/view.js';

const list = viewer(['list', 'detail'], ({state, screen, layout}) => (
	<ListView state={state} layout={layout} active={screen.kind === 'list'} />
));

test('the list shows name, provider, public id, age and the most urgent care of each credential', () => {
	assert.equal(
		list(on('prod', {rows: 26})),
		picture`
			╭─ Credentials 20 ─────────────────────────────────────────────────────────────╮
			│   name                       provider     id            age  used health     │
			│   backups                    aws          AKIABA…XAMPLE 3y   10h  expired +1 │
			│   ci                         aws          AKIACI…XAMPLE 6mo  9m   old        │
			│   ci-temporary               aws          ASIACI…XAMPLE 7m                   │
			│   dev                        aws          AKIAST…XAMPLE 1w   5d   duplicate  │
			│   dns                        aws          AKIADN…XAMPLE 2mo  3w              │
			│   do-kubernetes              digitalocean               1w   26m             │
			│   edge-zones                 cloudflare   e0e0e0…e0e0e0 1mo  4h              │
			│   gcp-warehouse              gce          exampl…204816 2w   6h   check      │
			│   hetzner-runners            hetzner                    5d   31m             │
			│   invoices-azure             azure        000000…00e003 2mo  2d   in 5 days  │
			│   legacy-billing             aws          AKIALEGACY01  5y   1y   check +2   │
			│   mail-relay                 generic                    2d                   │
			│   mirror-linode              linode                     9mo  6mo  unused     │
			│ ❯ prod                       aws          AKIAIO…XAMPLE 2mo  2h   in 16 days │
			│   prod-eu-cluster-autoscaler aws          AKIACL…XAMPLE 1mo  12m             │
			│   registry                   generic                    1d   3h              │
			│   staging                    aws          AKIAST…XAMPLE 1w   1d   duplicate  │
			│   status-page                generic                    3h                   │
			│   tokyo-reports              generic                    1mo  2w              │
			│   webhook-signing            generic                    now                  │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('no age is cut off', () => {
	const {now} = openedApp();
	const aged = (minutes: number) =>
		storedCredential(`of-${minutes}`, {created: timestamp(new Date(now - minutes * 60_000))});
	const ages = [9, 10, 59, 60 * 23, 60 * 24 * 6, 60 * 24 * 360].map(aged);
	const shown = list(openedApp({rows: 14, credentials: ages}));
	for (const text of ['9m', '10m', '59m', '23h', '6d', '12mo']) assert.match(shown, new RegExp(` ${text} +duplicate`));
});

test('an empty vault shows how to add credentials', () => {
	assert.equal(
		list(openedApp({rows: 14, credentials: []})),
		picture`
			╭─ Credentials 0 ──────────────────────────────────────────────────────────────╮
			│                                                                              │
			│  No credentials yet                                                          │
			│                                                                              │
			│  i finds those on this machine                                               │
			│  n makes one: typed in, or from a file                                       │
			│                                                                              │
			│  Everything here is encrypted.                                               │
			│                                                                              │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('an empty list points to the trash first when everything was deleted', () => {
	const gone = {...storedCredential('gone'), deleted: '2026-11-20T00:00:00Z'};
	assert.match(
		list(openedApp({credentials: [], trash: [gone]})),
		/│ {2}No credentials +│\n│ +│\n│ {2}T shows the 1 in the trash +│/,
	);
});

test('the smallest window shows how to add credentials to an empty vault', () => {
	const frame = list(openedApp({...smallest, credentials: []}));
	assert.match(
		frame,
		/│ {2}i finds those on this machine {7}│\n│ {2}n makes one: typed in, or from a {4}│\n│ {2}file +│/,
	);
});

test('an empty filter shows an example of each kind of search, and counts all credentials', () => {
	assert.match(list(played(openedApp(), '/')), /│ \/ name, tag:x, provider:aws, expires:<30d, is:invalid +20 of 20 │/);
});

test('the filter shows and counts the credentials that match', () => {
	assert.equal(
		list(played(openedApp({rows: 9}), '/', 'prod')),
		picture`
			╭─ Credentials 20 ─────────────────────────────────────────────────────────────╮
			│ / prod                                                               2 of 20 │
			│ ❯ prod                       aws          AKIAIO…XAMPLE 2mo  2h   in 16 days │
			│   prod-eu-cluster-autoscaler aws          AKIACL…XAMPLE 1mo  12m             │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('the filter stays above the list after enter, and is gone after esc', () => {
	const kept = played(openedApp(), '/', 'tag:platform', 'enter');
	assert.match(list(kept), /│ \/ tag:platform +3 of 20 │/);
	assert.doesNotMatch(list(played(kept, 'esc')), /tag:platform|of 20/);
});

test('a filter without a match names the closest credential and the key that shows all again', () => {
	assert.equal(
		list(played(openedApp({rows: 12}), '/', 'stagnig')),
		picture`
			╭─ Credentials 20 ─────────────────────────────────────────────────────────────╮
			│ / stagnig                                                            0 of 20 │
			│                                                                              │
			│ Nothing matches “stagnig”.                                                   │
			│ The closest is staging.                                                      │
			│                                                                              │
			│ esc shows all again                                                          │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('a filter for labels or a provider without a match says what there is', () => {
	const typed = (query: string) => list(played(openedApp({rows: 12}), '/', query));
	assert.match(
		typed('tag:x'),
		/│ Nothing matches “tag:x”\. +│\n│ No label is called x; there are env, on-call, region, retention, service, +│\n│ team\. +│/,
	);
	assert.match(
		typed('provider:oci'),
		/│ None is for oci; there are aws, azure, cloudflare, digitalocean, gce, +│\n│ generic, hetzner, linode\. +│/,
	);
	assert.doesNotMatch(typed('tag:x'), /closest/);
});

test('a filter that is close to no name suggests none', () => {
	const frame = list(played(openedApp(), '/', 'zzzzzzzzzzzz'));
	assert.match(frame, /Nothing matches “zzzzzzzzzzzz”\./);
	assert.doesNotMatch(frame, /closest/);
});

test('the title shows the sort order unless it is by name', () => {
	const titles = ['', 's', 'ss', 'sss', 'ssss', 'sssss'].map(
		keys => list(played(openedApp({rows: 30}), ...keys)).split('\n')[0] ?? '',
	);
	assert.deepEqual(
		titles.map(title => title.replace(/^╭─ Credentials 20(.*?) ─+╮$/, '$1')),
		['', ' · by provider', ' · newest first', ' · by expiry', ' · by last use', ''],
	);
});

test('the order by last use has those first that were used last, and those never used at the end', () => {
	const names = (columns: number): readonly string[] =>
		list(played(openedApp({columns}), 's', 's', 's', 's'))
			.split('\n')
			.slice(2, -1)
			.map(line => line.slice(4, 24).trim().split(/ /)[0] ?? '');
	assert.deepEqual(names(80).slice(0, 4), ['ci', 'prod-eu-cluster-auto', 'do-kubernetes', 'hetzner-runners']);
	assert.deepEqual(names(80).slice(15, 18), ['legacy-billing', 'ci-temporary', 'mail-relay']);
});

test('sorted by last use, a list without room for it shows that in the place of the age', () => {
	const narrow = {columns: 64};
	assert.match(list(openedApp(narrow)), / id +age +│/);
	const frame = list(played(openedApp(narrow), 's', 's', 's', 's'));
	assert.match(frame, / id +used +│/);
	assert.match(frame, /❯? {1,2}ci +aws +AKIAC…AMPLE 9m +! │/);
	assert.match(list(played(openedApp({columns: 140}), 's', 's', 's', 's')), / age +used +health /);
});

test('the order by expiry shows days that need no care yet', () => {
	const frame = list(played(openedApp(), 's', 's', 's'));
	assert.match(frame, /❯ backups .* expired \+1 /);
	assert.match(frame, / {2}dns .* in 248 days /);
	assert.doesNotMatch(list(openedApp()), /248 days/);
});

test('marked credentials have their own sign, and the title counts them', () => {
	const frame = list(played(openedApp({rows: 30}), ' ', 'j', ' ', 'k', 'k'));
	assert.match(frame, /^╭─ Credentials 20 · 2 marked ─/);
	assert.match(frame, /│ {2}●backups /);
	assert.match(frame, /│ ❯ ci /);
	assert.match(frame, /│ {2}●ci-temporary /);
});

test('the title counts the rows below the window, and the cursor stays visible', () => {
	const low = {rows: 9};
	assert.match(list(openedApp(low)), /^╭─ Credentials 20 · ↓ 16 more ─/);
	const end = list(played(openedApp(low), 'G'));
	assert.match(end, /^╭─ Credentials 20 ─+╮\n/);
	assert.match(end, /│ ❯ webhook-signing [^\n]+\n╰/);
});

test('the smallest window shows whole names without heads, and care as a sign', () => {
	assert.equal(
		list(on('prod', smallest)),
		picture`
			╭─ Credentials 20 · ↓ 5 more ──────────╮
			│   legacy-billing              !      │
			│   mail-relay                         │
			│   mirror-linode               !      │
			│ ❯ prod                        !      │
			│   prod-eu-cluster-autoscaler         │
			╰──────────────────────────────────────╯
		`,
	);
});

test('an example in the filter that does not fit is cut', () => {
	assert.match(list(played(openedApp(smallest), '/')), /│ \/ name, tag:x, provider:aw… 20 of 20 │/);
});

test('the list beside the detail leaves out the last use first', () => {
	const frame = list(on('prod', {columns: 120, rows: 20}));
	assert.match(frame, /│ {3}name +provider +id +age +health +│/);
	assert.match(frame, /│ ❯ prod +aws +AKIA…MPLE 2mo +in 16d +│/);
});

test('a low window shows no column heads', () => {
	assert.match(list(openedApp({rows: 14})), /^[^\n]+\n│ {3}name +provider +id +age +used +health +│/);
	assert.doesNotMatch(list(openedApp({rows: 12})), /provider/);
});

test('the columns fill a row exactly at every width', () => {
	for (const sort of sorts) {
		const state = openedApp({settings: {...defaultSettings, sort}});
		for (let cells = 8; cells <= 200; cells++) {
			const columns = columnsFor(measuresOf(state), state.settings, cells);
			const shown = shownColumns(columns);
			const used = 2 + shown.reduce((sum, column) => sum + columns[column], shown.length - 1);
			assert.equal(used, cells, `${cells} cells, by ${sort}`);
		}
	}
});

test('wide characters in a name do not shift the next column', () => {
	const wide = {
		...storedCredential('x'),
		name: '東京東京東京東京東京' as ReturnType<typeof storedCredential>['name'],
	};
	const frame = list(openedApp({rows: 9, credentials: [wide]}));
	assert.match(frame, /│ ❯ 東京東京東京東京東京 {2}aws {7}AKIAQ4J5K6L7M2N3P4Q5 {2}10mo {2}old +│/);
});

test('unsafe characters in a name are escaped', () => {
	const hostile = {...storedCredential('x'), name: 'a\u001b[2J\u200b' as ReturnType<typeof storedCredential>['name']};
	assert.match(list(openedApp({credentials: [hostile]})), /❯ a\\u001b\[2J\\u200b /);
});

test('the list is drawn in ASCII on an ASCII terminal', () => {
	const frame = list(played(openedApp({rows: 9}), ' '), {ascii: true});
	assert.match(frame, /^\+- Credentials 20 - 1 marked - v 16 more -+\+$/m);
	assert.match(frame, /^\| {2}\*backups +aws +AKIABA~XAMPLE /m);
	assert.match(frame, /^\| > ci /m);
	assert.doesNotMatch(frame, /[^ -~\n]/);
});

test('a step draws only the rows that it changes, each as one text where nothing stands out', () => {
	const texts: string[] = [];
	const plain = makeTheme(true, true);
	const text = (each: string): string => {
		texts.push(each);
		return each;
	};
	const theme = {...plain, glyphs: {...plain.glyphs, text}};
	const view = (state: State) => (
		<ThemeContext value={theme}>
			<ListView state={state} layout={layoutOf(state.size)} active />
		</ThemeContext>
	);
	const created = timestamp(new Date(openedApp().now - 60_000));
	const credentials = Array.from({length: 50}, (_, at) =>
		storedCredential(`service-${at + 10}`, {
			provider: 'generic',
			created,
			data: new Map([['token', new Secret(`token ${at}`)]]),
		}),
	);
	const start = openedApp({rows: 16, credentials});
	const frame = openFrame(view(start), {rows: 16});
	/** What is drawn anew of rows. */
	const drawn = (state: State): readonly string[] => {
		texts.length = 0;
		frame.show(view(state));
		return texts.filter(text => text.includes('service')).map(text => text.trim().replace(/ +/g, ' '));
	};
	let state = start;
	const press = (key: string): readonly string[] => {
		state = played(state, key);
		return drawn(state);
	};
	assert.deepEqual(press('j'), ['service-10 generic 1m', '❯ service-11 generic 1m old']);
	for (let step = 0; step < 12; step++) press('j');
	assert.deepEqual(
		new Set(press('j')),
		new Set(['service-23 generic 1m', '❯ service-24 generic 1m old', 'service-25 generic 1m']),
		'the list scrolls by a row',
	);
	frame.close();
});
