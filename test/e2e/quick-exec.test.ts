import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {join} from 'node:path';
import {test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {leastCost} from '../../source/vault/keys/passphrase.js';
import {storedCredential} from '../helpers/credentials.js';
import {passphrase} from '../helpers/quick-vault.js';
import {homeWithAgent, onlyLinux} from '../helpers/real-agent.js';

const skip = onlyLinux;

/** Lines of `exec`: what runs, what fails, and what is refused or warned of. */
const lines = [
	['exec', 'aws', '--', 'env'],
	['exec', 'aws', 'AWS', '--', 'sh', '-c', 'umask; cat; echo out; echo err >&2; exit 7'],
	['exec', 'aws', '--', 'sh', '-c', 'kill -TERM $$'],
	['exec', 'aws', '--', 'sh', '-c', 'cat /proc/self/coredump_filter; ls -l /proc/self/fd | wc -l'],
	['exec', 'aws', '--', 'nonesuch'],
	['exec', 'aws', '--', '/'],
	['exec', 'aws'],
	['exec', 'aws', '--'],
	['exec', 'aws', 'other', '--', 'true'],
	['exec', 'aw', '--', 'true'],
	['exec', 'expired', '--', 'echo', 'runs'],
];

test('exec by the agent does what the whole program does, to the byte', {skip}, async context => {
	const {home, run, unlock} = await homeWithAgent(context);
	const vault = join(home, 'vault.json');
	const made = await fileVaultPlace(vault, {kdfCost: leastCost}).create(new Secret(passphrase));
	const credentials = [
		storedCredential('aws', {id: randomUUID()}),
		storedCredential('other', {
			id: randomUUID(),
			data: new Map([
				['accessKeyID', new Secret('AKIAOTHEROTHER00')],
				['secretAccessKey', new Secret('another')],
			]),
		}),
		storedCredential('expired', {id: randomUUID(), expires: '2020-01-01'}),
	];
	await made.change(content => ({content: {...content, credentials}, result: undefined}));
	await made.close();
	const environment = {PHARMER_VAULT: vault, SNAP: '/snap/x', DEV: 'true', PHARMER_NEW_PASSPHRASE: 'not for children'};
	assert.equal((await unlock([], {environment})).code, 0);
	for (const line of lines) {
		const quick = await run(line, {environment, input: 'in\n'});
		// A flag before the verb is for the parser of all lines.
		const whole = await run(['--no-color', ...line], {environment, input: 'in\n'});
		assert.deepEqual(quick, whole, line.join(' '));
		assert.doesNotMatch(quick.stdout, /not for children/);
	}
	assert.equal((await run(['exec', 'other', '--', 'true'], {environment})).code, 0);
	const log = await run(['log', 'other', '-o', 'json'], {environment});
	assert.equal(log.stdout.match(/"exec"/g)?.length, 1, log.stdout);
});
