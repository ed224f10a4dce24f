import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {aws, awsEnvironment, isAwsMissing} from '../helpers/aws-command.js';
import {keyId, secretKey} from '../helpers/credentials.js';
import {openProgram, program} from '../helpers/program.js';
import {passphrase, putVault, typedAws, usualVault} from '../helpers/quick-vault.js';
import {homeOfAgent} from '../helpers/unlocked.js';

/** Commands of a day, each of which would need the passphrase. */
const commands = [
	'get aws',
	'get aws -o json',
	'get credentials',
	'show aws',
	'create token -p generic -f fields.json',
	'edit token --note new',
	'delete token --yes',
	'restore token',
	'exec aws token -- sh -c "exit 0"',
	'aws setup aws --profile work',
];

type Terminal = ReturnType<typeof openProgram>;

/** Every question of a terminal for the passphrase. */
const questions = (terminal: Terminal): number => terminal.written().match(/passphrase\b.*?: /gi)?.length ?? 0;

/** Runs lines in a terminal's shell, one after the other, until one fails. */
function shell(context: TestContext, home: string, lines: readonly string[]): Terminal {
	const script = ['pharmer() {', `"${process.execPath}" "${program}" "$@"`, '}', 'set -e', ...lines].join('\n');
	return openProgram(context, {home, agent: true, command: ['/bin/sh', '-c', script], columns: 120, rows: 40});
}

test('one unlock is all that a day asks for, in every terminal', async context => {
	const home = homeOfAgent(context);
	await putVault(usualVault(home), typedAws());
	writeFileSync(join(home, 'fields.json'), '{"token": "new"}', {mode: 0o600});
	const first = shell(context, home, [
		'pharmer unlock --for 8h',
		...commands.map(line => `pharmer ${line}`),
		'pharmer env aws | wc -l',
	]);
	await first.see(/Passphrase:/);
	first.press(passphrase, 'enter');
	assert.equal(await first.ended(), 0, first.text());
	assert.match(first.text(), /unlocked `.*` for 8 ?h/);
	assert.equal(questions(first), 1);
	assert.equal(commands.length, 10);

	const second = shell(context, home, [
		'pharmer get aws -o json',
		'pharmer aws credential-process aws | cat',
		'pharmer status',
	]);
	assert.equal(await second.ended(), 0, second.text());
	assert.ok(second.text().includes(secretKey));
	assert.equal(questions(second), 0);

	// It opens before a key is pressed.
	const app = openProgram(context, {home, agent: true, columns: 120, rows: 40});
	await app.see(/Credentials 2/);
	app.press('q');
	assert.equal(await app.ended(), 0);
	assert.equal(questions(app), 0);

	if (isAwsMissing(context)) return;
	// Signing needs the keys and no network.
	const calls = ['s3 presign s3://one/file', 's3 presign s3://two/file', 'configure list'];
	for (const call of calls) {
		const command = [aws ?? '', ...call.split(' '), '--profile', 'work'];
		const terminal = openProgram(context, {
			home,
			agent: true,
			command,
			columns: 120,
			environment: awsEnvironment(home),
		});
		assert.equal(await terminal.ended(), 0, terminal.text());
		assert.match(terminal.text(), call === 'configure list' ? /custom-process/ : new RegExp(keyId));
		assert.equal(questions(terminal), 0);
	}

	const last = shell(context, home, ['pharmer lock', 'pharmer get aws']);
	await last.see(/Passphrase:/);
	assert.equal(questions(last), 1, 'a question is known when it is asked');
});
