import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {temporaryFolder} from '../helpers/vault-samples.js';

const script = `
	import {confVaultPlace} from ${JSON.stringify(new URL('../../source/vault/conf-vault.js', import.meta.url).href)};
	import {readdirSync} from 'node:fs';
	const place = confVaultPlace(undefined);
	place.exists();
	const made = readdirSync(process.env.HOME);
	const {default: Conf} = await import('conf');
	const conf = new Conf({projectName: 'pharmer', projectSuffix: '', configName: 'vault'});
	console.log(JSON.stringify({ours: place.path, confs: conf.path, made}));
`;

function paths(home: string, environment: object): {ours: string; confs: string; made: string[]} {
	const output = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
		cwd: fileURLToPath(new URL('../..', import.meta.url)),
		env: {...process.env, HOME: home, USERPROFILE: home, XDG_CONFIG_HOME: '', ...environment},
		encoding: 'utf8',
	});
	return JSON.parse(output);
}

test('the vault is where conf would put it, and asking where makes nothing', t => {
	const home = fs.realpathSync(temporaryFolder(t));
	const xdg = path.join(home, 'elsewhere');
	for (const environment of [{}, {XDG_CONFIG_HOME: xdg}]) {
		const {ours, confs, made} = paths(home, environment);
		assert.equal(ours, confs);
		assert.equal(path.basename(ours), 'vault.json');
		assert.deepEqual(made, []);
		fs.rmSync(home, {recursive: true});
		fs.mkdirSync(home);
	}
});
