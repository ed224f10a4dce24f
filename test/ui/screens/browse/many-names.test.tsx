import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseName} from '../../../../source/domain/name.js';
import {Secret} from '../../../../source/domain/secret.js';
import {BrowseView} from '../../../../source/ui/screens/browse/browse.js';
import {storedCredential} from '../../../helpers/credentials.js';
import {openedApp, played} from '../../../helpers/played.js';
import {viewer} from '../../../helpers/view.js';

const browse = viewer(['list', 'detail'], props => <BrowseView {...props} />);

const providers = ['aws', 'gce', 'azure', 'digitalocean', 'cloudflare', 'hetzner', 'linode', 'scaleway'] as const;

/** Two hundred names as teams give them: alike at their beginning, different at their end. */
const credentials = Array.from({length: 200}, (_, index) => {
	const provider = providers[Math.floor(index / 25)] ?? 'aws';
	const area = ['infra', 'dns', 'data'][index % 3];
	const what = ['billing', 'login', 'report-exports'][Math.floor(index / 3) % 3];
	const stage = ['prod', 'stage', 'test'][Math.floor(index / 9) % 3];
	const name = `${provider}-${area}-${what}-${stage}-${index + 1}`;
	return storedCredential(name, {
		name: parseName(name),
		provider,
		changed: '2026-11-20T00:00:00Z',
		data: new Map([['accessKeyID', new Secret(`AKIA${String(index).padStart(16, 'A')}`)]]),
		labels: new Map([['team', ['platform', 'network'][index % 2] ?? '']]),
	});
});

/** The list's rows of each page from the first to the last, without the frame and what stands beside it. */
function rows(columns: number, rowCount: number): readonly string[] {
	const seen = new Set<string>();
	let state = openedApp({columns, rows: rowCount, credentials});
	for (let page = 0; page < 25; page++) {
		const [, head = '', ...lines] = browse(state).split('\n');
		assert.match(head, /^│ {3}name /);
		for (const line of lines.slice(0, -1)) {
			const row = line.slice(1).split('│')[0] ?? '';
			if (row.trim() !== '') seen.add(row.replace(/^ [❯ ][● ]/, ''));
		}
		state = played(state, 'pagedown');
	}
	return [...seen];
}

for (const [columns, height] of [
	[60, 20],
	[80, 24],
	[100, 30],
	[140, 40],
	[200, 50],
] as const) {
	test(`names are whole, rows differ and columns are in line at ${columns}×${height}`, () => {
		const shown = rows(columns, height);
		assert.equal(shown.length, credentials.length);
		for (const {name} of credentials)
			assert.ok(
				shown.some(row => row.startsWith(`${name} `)),
				name,
			);
		// The provider begins in the same cell of each row, and so does what follows.
		const starts = new Set(
			shown.map(row => row.search(/ (aws|gce|azure|digitalocean|cloudflare|hetzner|linode|scaleway) /)),
		);
		assert.equal(starts.size, 1);
	});
}

test('at 140 columns the id stays, and the detail has the room it can use', () => {
	const [top = '', head = '', row = ''] = browse(openedApp({columns: 140, rows: 40, credentials})).split('\n');
	assert.match(head, /^│ {3}name +provider +id +age +health +│/);
	assert.match(row, /❯ aws-data-billing-prod-3 +aws +AKIAAA…AAAA2 10mo/);
	const detail = top.length - top.indexOf('╮╭') - 1;
	assert.ok(detail >= 48 && detail <= 80, `${detail}`);
});

test('with f, a list of 100 columns shows no less than one of 80', () => {
	const heads = (columns: number, ...keys: readonly string[]) =>
		(browse(played(openedApp({columns, rows: 24, credentials}), ...keys)).split('\n')[1] ?? '')
			.slice(1)
			.split('│')[0]
			?.trim()
			.split(/ +/) ?? [];
	for (const head of heads(80)) assert.ok(heads(100, 'f').includes(head), head);
});

test('without anything that needs care there is no column for it', () => {
	const sound = ['a', 'b'].map(name =>
		storedCredential(name, {
			provider: 'generic',
			changed: '2026-11-20T00:00:00Z',
			data: new Map([['token', new Secret(`token of ${name}`)]]),
		}),
	);
	assert.doesNotMatch(browse(openedApp({credentials: sound})), /health/);
	assert.match(browse(openedApp({credentials: [...sound, storedCredential('c')]})), /health/);
});
