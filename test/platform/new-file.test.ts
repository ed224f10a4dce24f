import assert from 'node:assert/strict';
import {lstatSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {writeNewFile} from '../../source/platform/new-file.js';

test('a new file is readable by its owner only, and nothing that exists is touched', async context => {
	const folder = mkdtempSync(path.join(tmpdir(), 'new-file-'));
	context.after(() => rmSync(folder, {recursive: true, force: true}));
	const file = path.join(folder, 'out.yaml');
	await writeNewFile(file, 'text\n');
	assert.equal(readFileSync(file, 'utf8'), 'text\n');
	assert.equal(statSync(file).mode & 0o777, 0o600);
	await assert.rejects(writeNewFile(file, 'other'), {code: 'file', message: /exists already/});
	assert.equal(readFileSync(file, 'utf8'), 'text\n');

	const link = path.join(folder, 'link');
	symlinkSync(path.join(folder, 'elsewhere'), link);
	await assert.rejects(writeNewFile(link, 'other'), {code: 'file'});
	assert.ok(lstatSync(link).isSymbolicLink());
	assert.throws(() => statSync(path.join(folder, 'elsewhere')));

	writeFileSync(path.join(folder, 'plain'), '');
	await assert.rejects(writeNewFile(path.join(folder, 'plain', 'x'), ''), {message: /does not exist/});
	await assert.rejects(writeNewFile(path.join(folder, 'none', 'x'), ''), {message: /does not exist/});
	await assert.rejects(writeNewFile(folder, ''), {code: 'file'});
});
