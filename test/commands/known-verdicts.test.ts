import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dataDigest} from '../../source/credentials/data-digest.js';
import type {VerdictWord} from '../../source/domain/verdict.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {withVerdicts} from '../../source/vault/verdicts.js';
import {credentialOf} from '../helpers/asked.js';
import {runCommandLine, usualPassphrase} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';

const changed = {created: '2026-02-28T12:00:00Z', changed: '2026-02-28T12:00:00Z'};
const gone = storedCredential('gone', changed);
const good = {...credentialOf('generic', {token: 'hush'}, 'good'), ...changed};
const fresh = {...credentialOf('generic', {token: 'other'}, 'fresh'), ...changed};

const said = (credential: typeof gone, is: VerdictWord) => ({
	id: credential.id,
	digest: dataDigest(credential),
	is,
	why: 'the key is switched off',
	who: {},
	host: 'sts.amazonaws.com',
	at: '2026-02-27T12:00:00Z',
});

/** A command over a vault in which a provider refuses one of three, and takes another. */
async function run(...argv: readonly string[]) {
	const content = withVerdicts(
		{credentials: [gone, good, fresh], trash: []},
		{verdicts: [said(gone, 'disabled'), said(good, 'valid')], consents: []},
	);
	return runCommandLine([...argv], {place: memoryVaultPlace(content, usualPassphrase)});
}

test('health lists what a provider has refused, and what to do about it', async () => {
	const {code, stdout, stderr} = await run('health', '--exit-code');
	assert.equal(code, 14);
	assert.match(stdout, /^gone +refused +is disabled, as its provider said \d+ days? ago: the key is switched off$/m);
	assert.doesNotMatch(stdout, /^(?:good|fresh)/m);
	assert.match(stderr, /refused: ask again with `pharmer verify NAME`; if it stays so, make a new one/);
	const {stdout: json} = await run('health', '-o', 'json');
	assert.deepEqual(
		JSON.parse(json).map(({name, kind}: {name: string; kind: string}) => [name, kind]),
		[['gone', 'refused']],
	);
});

test('is: in a filter, the column of care and the detail know what providers said', async () => {
	const names = async (filter: string) =>
		(await run('get', 'credentials', '-o', 'name', '--filter', filter)).stdout.split('\n').filter(Boolean);
	assert.deepEqual(await names('is:disabled'), ['gone']);
	assert.deepEqual(await names('is:valid'), ['good']);
	assert.deepEqual(await names('is:unverified'), ['fresh']);
	assert.deepEqual(await names('-is:valid'), ['fresh', 'gone']);
	const none = await run('get', 'credentials', '--filter', 'is:expired');
	assert.match(none.stderr, /none is known to be expired: providers say so when they are asked/);
	const unclear = await run('get', 'credentials', '--filter', 'is:good');
	assert.equal(unclear.code, 7);
	assert.match(unclear.stderr, /`is:good` is not a filter\nafter is: comes one of valid, limited,/);
	assert.match((await run('get', 'credentials', '--columns', 'name,care')).stdout, /^gone +disabled$/m);
	assert.match((await run('show', 'gone')).stdout, /^care +is disabled, as its provider said/m);
});
