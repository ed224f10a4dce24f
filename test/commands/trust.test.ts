import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {trustedFiles} from '../../source/vault/trusted.js';
import {projectFile, runCommandLine, usualPassphrase, type World} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';

const text = `credentials: [prod, dns]
env:
  LOG_LEVEL: "debug\\u001b[2J"
  URL: "{{ pharmer://DB/password }}"
`;
const {path, sha256} = projectFile(text);
const credentials = ['prod', 'db'].map(name => storedCredential(name));
const shown = [
	`\`${path}\``,
	'sets the variables',
	'  LOG_LEVEL="debug\\u001b[2J"',
	'  URL="{{ pharmer://DB/password }}"',
	'hands out the credentials',
	'  prod',
	'  dns, which the vault does not have',
	'  DB (in variables)',
];
const trusted = `trusted \`${path}\`: \`pharmer exec -- COMMAND\` hands that out there`;

/** A vault that stays from one command to the next. */
function vault() {
	const place = memoryVaultPlace({credentials, trash: []}, usualPassphrase);
	const run = (line: string, world: World = {}) => runCommandLine(line.split(' '), {place, project: text, ...world});
	return {run, list: async () => (await run('trust --list')).stdout};
}

test('shows everything that a file hands out, asks, and keeps its path and content', async () => {
	const {run, list} = vault();
	const {code, stdout, stderr, asked, content} = await run('trust', {answers: ['y']});
	assert.equal(code, 0, stderr);
	assert.deepEqual([stdout, stderr.split('\n')], ['', [...shown, trusted, '']]);
	assert.deepEqual(asked, ['Trust it, with prod, dns, DB and 2 variables? [y/N] ']);
	const files = trustedFiles((await content()) ?? {credentials: [], trash: []});
	assert.deepEqual(files, [{path, sha256, at: '2026-03-01T12:00:00Z'}]);
	assert.equal(await list(), `FILE                      TRUSTED\n${path}  2026-03-01\n`);
	const again = await run('trust', {answers: []});
	assert.deepEqual([again.code, again.stderr.split('\n')], [0, [...shown, 'it is trusted already', '']]);
});

test('enter is no yes', async () => {
	const {run, list} = vault();
	for (const answer of ['', 'n', 'yess']) {
		const {code, stderr} = await run('trust', {answers: [answer]});
		assert.equal(code, 3);
		assert.match(stderr, /pharmer: it is not trusted\n$/);
	}
	assert.equal(await list(), '');
});

test('without a terminal it needs --yes, which shows the same', async () => {
	const {run, list} = vault();
	const refused = await run('trust');
	assert.deepEqual([refused.code, refused.places], [2, []], 'the vault is left alone');
	assert.match(refused.stderr, /^pharmer: there is no terminal to ask whether to trust it\nadd --yes/);
	const {code, stderr} = await run('trust -y');
	assert.deepEqual([code, stderr.split('\n')], [0, [...shown, trusted, '']]);
	assert.match(await list(), /shop/);
});

test('another content is asked about again, and says so', async () => {
	const {run} = vault();
	await run('trust --yes');
	const {code, stderr, asked} = await run('trust', {project: `${text}#`, answers: ['yes']});
	assert.equal(code, 0);
	assert.equal(stderr.split('\n')[0], `\`${path}\`, which has changed since it was trusted`);
	assert.equal(asked.length, 1);
	assert.match((await run('exec -- x')).stderr, /has changed since it was trusted/);
});

test('the list tells what is not as it was', async () => {
	const {run} = vault();
	await run('trust --yes');
	const unsafe = new PharmerError('file', '`x` is not used: why');
	for (const [project, since] of [
		[text, ''],
		[`${text}#`, ', changed'],
		[undefined, ', gone'],
		[unsafe, ', refused'],
	] as const) {
		const {code, stdout} = await run('trust --list', {project});
		assert.deepEqual([code, stdout], [0, `FILE                      TRUSTED\n${path}  2026-03-01${since}\n`]);
	}
});

test('takes trust back', async () => {
	const {run, list} = vault();
	const none = await run('trust --remove');
	assert.equal(none.code, 4);
	assert.match(none.stderr, /\.pharmer\.yaml` is not trusted\n`pharmer trust --list`/);
	await run('trust --yes');
	const {code, stderr} = await run(`trust --remove ${path}`);
	assert.deepEqual([code, stderr], [0, `\`${path}\` is not trusted any more\n`]);
	assert.equal(await list(), '');
	assert.match((await run('trust --list')).stderr, /^no file is trusted\n/);
});

test('says what is wrong with a file, or that there is none', async () => {
	const {run} = vault();
	const none = await run('trust', {project: undefined, answers: []});
	assert.equal(none.code, 9);
	assert.match(none.stderr, /there is no `\.pharmer\.yaml` here, nor above/);
	const unsafe = await run('trust --yes', {project: new PharmerError('file', '`x` is not used: why')});
	assert.deepEqual([unsafe.code, unsafe.places], [9, []]);
	const invalid = await run('trust --yes', {project: 'env: {PATH: x}'});
	assert.deepEqual([invalid.code, invalid.places], [7, []]);
	assert.match(invalid.stderr, /`\.pharmer\.yaml`: line 1, column 7: `PATH` decides what programs run/);
	for (const line of ['trust --yes --remove', 'trust --list --yes', 'trust --list x', 'trust a b'])
		assert.equal((await run(line)).code, 2, line);
});

test('a value can not paint lines of its own, and the question says what is trusted', async () => {
	const {run} = vault();
	const value = `debug${' '.repeat(75)}\`/work/shop/.pharmer.yaml\`\u00a0\u2003\u2800\u3000hands out no credentials "`;
	const forged = `credentials: [prod, dns]\nenv:\n  LEVEL: ${JSON.stringify(value)}\n`;
	const {stderr, asked} = await run('trust', {project: forged, answers: ['n']});
	const lines = stderr.split('\n');
	assert.doesNotMatch(lines[2] ?? '', /\S {2}|[^ -~]/);
	assert.match(lines[2] ?? '', /^ {2}LEVEL="debug\\u0020.*\\u00a0\\u2003\\u2800\\u3000hands out no credentials \\""$/);
	assert.equal(JSON.parse(lines[2]?.slice('  LEVEL='.length) ?? ''), value, 'what is shown reads back');
	assert.deepEqual(lines.slice(3, 6), ['hands out the credentials', '  prod', '  dns, which the vault does not have']);
	assert.deepEqual(asked, ['Trust it, with prod, dns and 1 variable? [y/N] ']);
	for (const [project, facts] of [
		['credentials: [a]', 'a'],
		['env: {A: b}', '1 variable'],
		['credentials: [a, b, c, d, e, f]', 'a, b, c, d and 2 more credentials'],
	] as const) {
		const each = await run('trust', {project, answers: ['n']});
		assert.deepEqual(each.asked, [`Trust it, with ${facts}? [y/N] `]);
	}
});
