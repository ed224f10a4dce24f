import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {bundleScript} from '../helpers/bundled-child.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

type Paths = {readonly ours: string; readonly confs: string; readonly made: readonly string[]};

function pathsIn(script: string, home: string, environment: Readonly<Record<string, string>>): Paths {
	const output = execFileSync(process.execPath, [script], {
		env: {...process.env, HOME: home, USERPROFILE: home, XDG_CONFIG_HOME: '', ...environment},
		encoding: 'utf8',
	});
	return JSON.parse(output);
}

test('the default vault is where conf would put it, and asking for the path makes nothing', async t => {
	const script = await bundleScript('default-path-child.ts', temporaryFolder(t));
	const home = fs.realpathSync(temporaryFolder(t));
	const xdg = path.join(home, 'elsewhere');
	for (const environment of [{}, {XDG_CONFIG_HOME: xdg}]) {
		const {ours, confs, made} = pathsIn(script, home, environment);
		assert.equal(ours, confs);
		assert.equal(path.basename(ours), 'vault.json');
		assert.deepEqual(made, []);
		fs.rmSync(home, {recursive: true});
		fs.mkdirSync(home);
	}
});
