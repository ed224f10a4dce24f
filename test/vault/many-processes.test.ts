import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {findByName} from '../../source/vault/operations.js';
import {bundleScript, startChild} from '../helpers/bundled-child.js';
import {size} from '../helpers/rounds.js';
import {namesBeside, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

/** What each process is to do; of every six it leaves out one. */
const tasks = size(24, 100);

test('eight processes that write at the same time lose nothing', async t => {
	const folder = temporaryFolder(t);
	const script = await bundleScript('vault-child.ts', folder);
	const file = path.join(folder, 'v', 'vault.json');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	const children = Array.from({length: 8}, (_, lane) => startChild(script, ['mix', file, String(lane), String(tasks)]));
	for (const child of children) assert.equal((await child.ended).code, 0);
	const content = await vault.read();
	let said = 0;
	const expected = new Map<string, string | undefined>();
	for (const line of children.flatMap(child => child.lines.slice(1))) {
		said++;
		const [name = '', number = '0'] = line.slice(1).split(' ');
		expected.set(name, line.startsWith('-') ? undefined : number);
	}
	for (const [name, number] of expected) {
		assert.equal(findByName(content, name)?.data.get('number')?.reveal(), number, name);
		assert.equal(
			content.trash.some(each => each.name === name),
			number === undefined,
			name,
		);
	}
	assert.equal(content.credentials.length + content.trash.length, expected.size);
	t.diagnostic(`${said} writes`);
	assert.equal(said, 8 * (tasks - Math.floor(tasks / 6)));
	assert.equal(JSON.parse(fs.readFileSync(file, 'utf8')).generation, 1 + said);
	assert.deepEqual(namesBeside(path.dirname(file)), ['vault.json', 'vault.json.seen']);
});
