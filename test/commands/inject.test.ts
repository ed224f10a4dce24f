import assert from 'node:assert/strict';
import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {fields, runCommandLine, type World} from '../helpers/command-line.js';
import {keyId, storedCredential} from '../helpers/credentials.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

const credentials = [
	storedCredential('prod'),
	storedCredential('db', {
		provider: 'generic',
		data: fields({
			password: `it's "a" $x\n{{ pharmer://prod/none }} 漢`,
			empty: '',
			escape: 'a\u001b[2J',
			half: '\ud800',
		}),
	}),
];

const inject = (argv: readonly string[], template: string, world: World = {}) =>
	runCommandLine(['inject', ...argv], {credentials, files: {tpl: template, '-': template}, ...world});

test('fills in what is in braces, and keeps everything else', async () => {
	const template =
		'id: {{ pharmer://prod/accessKeyID }}{{pharmer://prod/accessKeyID}}\r\n{{ other }} $x $(y) é\n pw: {{ pharmer://db/password }}';
	const {code, stdout, stderr} = await inject(['-i', 'tpl'], template);
	assert.equal(code, 0, stderr);
	assert.equal(stdout, `id: ${keyId}${keyId}\r\n{{ other }} $x $(y) é\n pw: it's "a" $x\n{{ pharmer://prod/none }} 漢`);
	assert.equal(stderr, '');
	const none = await inject(['-i', '-'], 'plain\n');
	assert.deepEqual(
		[none.code, none.stdout, none.stderr],
		[0, 'plain\n', 'warning: there is no reference in standard input\n'],
	);
	assert.deepEqual(none.places, [], 'the vault is left alone');
});

test('names everything that leads nowhere with its line, and writes nothing', async context => {
	const file = join(temporaryFolder(context), 'out');
	const template = [
		'{{ pharmer://dbs/password }}',
		'bare pharmer://prod/accessKeyID {{ pharmer://db/empty }}',
		'{{ pharmer://db/x }} {{ pharmer://db/half }}',
		'pharmer://prod/accessKeyID',
	].join('\n');
	for (const argv of [
		['-i', 'tpl'],
		['-i', 'tpl', '--to', file],
	]) {
		const {code, stdout, stderr} = await inject(argv, template);
		assert.deepEqual([code, stdout], [4, '']);
		assert.deepEqual(stderr.split('\n'), [
			'`tpl` line 1: there is no credential `dbs`, did you mean `db`?',
			'`tpl` line 2: what begins with `pharmer://` stands outside of `{{ }}`',
			'`tpl` line 2: `empty` of `db` is empty',
			'`tpl` line 3: `db` has no field `x`; it has `password`, `empty`, `escape` and `half`',
			"`tpl` line 3: `half` of `db` has characters that UTF-8 can't carry",
			'`tpl` line 4: what begins with `pharmer://` stands outside of `{{ }}`',
			'pharmer: 6 mistakes in what is to be filled in',
			'nothing was written: `pharmer show NAME` lists the fields of a credential',
			'',
		]);
		assert.throws(() => statSync(file));
	}
	const bare = await inject(['-i', '-'], 'x\npharmer://prod/accessKeyID');
	assert.equal(bare.code, 7);
	assert.match(
		bare.stderr,
		/^pharmer: standard input line 2: what begins with `pharmer:\/\/` stands outside of `{{ }}`\n/,
	);
});

test('makes a new file for its owner only, and replaces one only with --force, which keeps its mode', async context => {
	const folder = temporaryFolder(context);
	const file = join(folder, 'out');
	const template = 'a {{ pharmer://prod/accessKeyID }}\n';
	const made = await inject(['-i', 'tpl', '--to', file], template);
	assert.equal(made.code, 0, made.stderr);
	assert.equal(made.stdout, '');
	assert.equal(
		made.stderr,
		`wrote \`${file}\` with secrets of \`prod\`\nwarning: the secrets are in plain text there: delete the file when you are done with it\n`,
	);
	assert.equal(readFileSync(file, 'utf8'), `a ${keyId}\n`);
	const again = await inject(['-i', 'tpl', '--to', file], 'other');
	assert.equal(again.code, 9);
	assert.match(again.stderr, /exists already\n`--force` replaces it/);
	assert.equal(readFileSync(file, 'utf8'), `a ${keyId}\n`);
	writeFileSync(join(folder, 'open'), 'old', {mode: 0o644});
	const forced = await inject(['-i', 'tpl', '--to', join(folder, 'open'), '--force'], template);
	assert.equal(forced.code, 0, forced.stderr);
	assert.equal(readFileSync(join(folder, 'open'), 'utf8'), `a ${keyId}\n`);
	const fresh = await inject(['-i', 'tpl', '--to', join(folder, 'fresh'), '--force'], template);
	assert.equal(fresh.code, 0, fresh.stderr);
	if (process.platform === 'win32') return;
	assert.match(forced.stderr, /warning: others can read `.*open`: chmod 600/);
	const modes = ['out', 'open', 'fresh'].map(name => statSync(join(folder, name)).mode & 0o777);
	assert.deepEqual(modes, [0o600, 0o644, 0o600]);
});

test('shows nothing on a terminal unless asked to, and nothing there that a terminal obeys', async () => {
	const terminal = {stdoutIsTerminal: true};
	const refused = await inject(['-i', 'tpl'], '{{ pharmer://prod/accessKeyID }}', terminal);
	assert.deepEqual([refused.code, refused.stdout], [2, '']);
	assert.match(
		refused.stderr,
		/would be shown on this terminal\nname a file with `--to PATH`, or show them with `--to -`/,
	);
	const asked = await inject(['-i', 'tpl', '--to', '-'], '{{ pharmer://prod/accessKeyID }}\n', terminal);
	assert.deepEqual([asked.code, asked.stdout], [0, `${keyId}\n`]);
	const obeyed = await inject(['-i', 'tpl', '--to', '-'], '{{ pharmer://db/escape }}', terminal);
	assert.deepEqual([obeyed.code, obeyed.stdout], [7, '']);
	assert.equal((await inject(['-i', 'tpl', '--to', '-'], '{{ pharmer://db/escape }}')).stdout, 'a\u001b[2J');
});

test('refuses what makes no sense, and says what does', async context => {
	const folder = temporaryFolder(context);
	const file = join(folder, 'tpl');
	writeFileSync(file, 'x');
	for (const [argv, message] of [
		[[], /the template is missing\nname it with `-i FILE`, or `-i -`/],
		[['-i', 'tpl', '--force'], /`--force` needs a file to replace\nname it with `--to FILE`/],
		[['-i', 'tpl', '--to', '-', '--force'], /`--force` needs a file/],
		[['-i', file, '--to', file, '--force'], /is the template itself/],
		[['-i', '-', '--passphrase-fd', '0'], /can't both read standard input/],
		[['-i', 'tpl', 'more'], /too many arguments/],
	] as const) {
		const {code, stderr} = await inject(argv, 'x');
		assert.equal(code, 2, stderr);
		assert.match(stderr, message);
	}
	assert.equal((await inject(['-i', 'none'], 'x')).code, 9);
	const wide = await inject(['-i', 'tpl'], Buffer.from('{{ pharmer://prod/accessKeyID }}', 'utf16le').toString());
	assert.equal(wide.code, 7);
	assert.match(wide.stderr, /`tpl` is in UTF-16\nsave it as UTF-8/);
});

test('the passphrase is asked for on the terminal while the template comes from standard input', async () => {
	const world = {answers: ['open sesame'], environment: {PHARMER_PASSPHRASE: undefined}};
	const {code, stdout, asked, inputTaken} = await inject(['-i', '-'], '{{ pharmer://prod/accessKeyID }}', world);
	assert.deepEqual([code, stdout, asked.length], [0, keyId, 1]);
	assert.equal(inputTaken.at(-1), true);
});
