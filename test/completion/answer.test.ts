import assert from 'node:assert/strict';
import {homedir} from 'node:os';
import {test} from 'node:test';
import {completionLines, type LookUp} from '../../source/completion/answer.js';
import type {Words} from '../../source/completion/words.js';
import {commandWords} from '../../tools/words.js';

const words = commandWords();
type Found = Awaited<ReturnType<LookUp>>;

const vault: Found = [
	['prod', ['accessKeyID', 'secretAccessKey']],
	['Prod-2', ['token']],
	['cred', ['token', 'url']],
];

/** What is offered for the last word of a line: its first line alone, or the words. */
async function offeredFor(
	line: string,
	{shell = 'zsh', found = vault as Found | 'nobody', table = words as Words} = {},
) {
	const asked: (string | undefined)[] = [];
	const parts = line.split(' ');
	const text = await completionLines(table, [shell, String(parts.length - 1), ...parts], async place => {
		asked.push(place);
		return found === 'nobody' ? undefined : found;
	});
	assert.ok(text, line);
	assert.ok(text.endsWith('\n'), line);
	const [is = '', ...lines] = text.trimEnd().split('\n');
	return {is, words: lines.map(each => each.split('\t')[0] ?? ''), lines, asked};
}

const all = async (line: string): Promise<readonly string[]> => (await offeredFor(line)).words;

test('verbs are offered with what they do, none that is hidden, and the second words of a group', async () => {
	const {is, lines, asked} = await offeredFor('');
	assert.equal(is, 'words');
	assert.ok(lines.includes('get\tlist credentials, or show them'));
	assert.ok(lines.some(each => each.startsWith('aws\t')));
	for (const hidden of ['ls', 'list', 'show', 'rm', 'add', 'mv', 'complete'])
		assert.ok(!lines.some(each => each.startsWith(`${hidden}\t`)), hidden);
	assert.deepEqual(asked, []);
	assert.deepEqual(await all('aws '), ['credential-process', 'setup']);
	assert.ok((await all('help ')).includes('restore'));
	assert.ok(!(await all('help ')).some(each => each.includes(' ')));
	assert.deepEqual(await all('nonsense '), []);
	assert.deepEqual(await all('aws nonsense '), []);
});

test('flags are offered, in their long spelling unless a dash stands alone', async () => {
	assert.deepEqual((await all('get --')).slice(0, 4), ['--output', '--provider', '--filter', '--redact']);
	assert.ok((await all('get -')).includes('-o'));
	assert.ok((await all('--')).includes('--demo'));
	assert.ok((await all('--')).includes('--version'));
	for (const line of ['lock --', 'aws --', 'aws setup x --', 'ls --']) {
		const found = await all(line);
		assert.ok(found.includes('--vault') && found.includes('--help'), line);
		assert.ok(!found.includes('--demo'), line);
	}
	assert.ok((await all('lock ')).includes('--vault'), 'flags, where nothing else can come');
	assert.deepEqual(await all('get -- --'), ['credentials', 'prod', 'Prod-2', 'cred'], 'no flags');
});

test('copy takes a name and then one of its fields', async () => {
	assert.deepEqual(await all('copy '), ['prod', 'Prod-2', 'cred']);
	assert.deepEqual(await all('copy prod '), ['accessKeyID', 'secretAccessKey']);
});

test('the values of flags are offered: choices, providers, kinds of sources, files', async () => {
	assert.deepEqual(await all('get x -o '), ['table', 'wide', 'json', 'yaml', 'name']);
	assert.deepEqual(await all('get --output='), [
		'--output=table',
		'--output=wide',
		'--output=json',
		'--output=yaml',
		'--output=name',
	]);
	assert.deepEqual((await all('get -oj'))[2], '-ojson');
	assert.ok((await all('get -p ')).includes('digitalocean'));
	assert.ok((await offeredFor('get -p ')).lines.includes('aws\tAmazon Web Services'));
	assert.ok((await all('import --from ')).includes('doctl'));
	assert.deepEqual(await all('env x --shell '), ['bash', 'zsh', 'fish', 'powershell', 'dotenv', 'json']);
	for (const line of ['create x -f ', 'create x --from-file=a', '--vault ', 'get --vault=', 'import ', 'export --to '])
		assert.equal((await offeredFor(line)).is, 'files', line);
	assert.deepEqual(await all('get x --sort '), ['name', 'provider', 'age', 'expires', 'used', 'changed']);
	for (const line of ['get --sort=age --columns ', 'get --columns name,', 'get --columns=name,']) {
		const before = line.slice(line.lastIndexOf(' ') + 1);
		const offered = (await all(line)).slice(0, 3);
		assert.deepEqual(offered, [`${before}name`, `${before}provider`, `${before}id`], line);
	}
	for (const line of ['create x --note ', 'edit x --name ', 'edit x --expires='])
		assert.deepEqual(await all(line), [], line);
});

test('the fields of the credential on the line are offered', async () => {
	assert.deepEqual(await all('get prod --field '), ['accessKeyID', 'secretAccessKey']);
	assert.deepEqual(await all('show prod Prod-2 --field '), ['accessKeyID', 'secretAccessKey', 'token']);
	assert.deepEqual(await all('get credential Prod-2 --field='), ['--field=token']);
	assert.deepEqual(await all('get --field '), ['accessKeyID', 'secretAccessKey', 'token', 'url']);
});

test('names are offered where a credential is meant, the noun where it is allowed, and neither twice', async () => {
	const names = ['prod', 'Prod-2', 'cred'];
	assert.deepEqual(await all('get '), ['credentials', ...names]);
	assert.deepEqual(await all('edit '), ['credential', ...names]);
	assert.deepEqual(await all('edit credential '), names);
	assert.deepEqual(await all('delete cred '), names, 'the first is the noun');
	assert.deepEqual(await all('delete cred cred '), ['prod', 'Prod-2']);
	assert.deepEqual(await all('delete PROD '), ['Prod-2', 'cred']);
	assert.deepEqual(await all('exec '), names);
	assert.deepEqual(await all('exec --files prod '), ['Prod-2', 'cred']);
	assert.deepEqual(await all('show '), ['credential', ...names], 'a hidden verb takes its words');
	assert.deepEqual(await all('aws setup '), names);
	assert.ok(!(await all('aws setup prod ')).includes('cred'), 'one is enough');
	assert.ok(!(await all('mv prod ')).includes('cred'));
	assert.ok((await all('create ')).includes('aws'));
	assert.ok((await all('create credential ')).includes('aws'));
	assert.deepEqual(await all('slots '), ['add', 'remove']);
	assert.deepEqual(await all('slots add '), ['passphrase', 'recovery', 'keyring']);
	assert.ok((await all('slots remove ')).every(each => each.startsWith('--')));
	assert.deepEqual(await all('completion '), ['bash', 'zsh', 'fish', 'powershell']);
});

test('keys of fields are those of the credentials on the line, or of all', async () => {
	const [get] = words.verbs.filter(({verb}) => verb === 'get');
	assert.ok(get);
	const field = {names: ['--field'], about: 'the value of one field', takes: 'fields'} as const;
	const table = {...words, verbs: [{...get, operands: ['names', 'fields'] as const, most: 2, flags: [field]}]};
	const keys = async (line: string) => (await offeredFor(line, {table})).words;
	assert.deepEqual(await keys('get prod --field '), ['accessKeyID', 'secretAccessKey']);
	assert.deepEqual(
		await keys('get --field='),
		['accessKeyID', 'secretAccessKey', 'token', 'url'].map(each => `--field=${each}`),
	);
	assert.deepEqual(await keys('get credential prod-2 '), ['token']);
	assert.deepEqual(await keys('get nobody --field '), []);
});

test('the agent is asked once, of the vault that the line names, and only where a name is wanted', async () => {
	const asked = async (line: string) => (await offeredFor(line)).asked;
	assert.deepEqual(await asked('get '), [undefined]);
	assert.deepEqual(await asked('--vault a get '), ['a']);
	assert.deepEqual(await asked('get --vault=b x '), ['b']);
	assert.deepEqual(await asked('get --vault ~/c '), [`${homedir()}/c`]);
	assert.deepEqual(await asked('get --no-agent '), []);
	for (const line of ['', 'get --', 'get -o ', 'get x -p ', 'create ', 'import ', 'exec x -- ', 'lock '])
		assert.deepEqual(await asked(line), [], line);
});

test('without an answer of the agent there are the words of the table', async () => {
	assert.deepEqual((await offeredFor('get ', {found: 'nobody'})).words, ['credentials']);
	assert.ok((await offeredFor('exec ', {found: 'nobody'})).words.includes('--files'));
});

test('after `--` the command of exec is completed as its own line is', async () => {
	assert.equal((await offeredFor('exec prod -- ')).is, 'command');
	assert.equal((await offeredFor('exec prod -- terraform --')).is, 'command');
	assert.notEqual((await offeredFor('exec prod --')).is, 'command');
});

test('bash gets only what fits, typed so that nothing in it means anything', async () => {
	const [get] = words.verbs.filter(({verb}) => verb === 'get');
	assert.ok(get);
	const found: Found = [
		'$(touch x)',
		'`touch y`',
		"it's",
		'a "b" c',
		'two words',
		'wow!',
		'a;b&c|d',
		'~x',
		'ü*',
		'a\\b',
		'col:on=x',
	].map(each => [each, []]);
	const typed = async (word: string) =>
		(await completionLines(words, ['bash', '2', 'delete', 'cred', word], async () => found))
			?.trimEnd()
			.split('\n')
			.slice(1);
	assert.deepEqual(await typed(''), [
		'\\$\\(touch\\ x\\)',
		'\\`touch\\ y\\`',
		"it\\'s",
		'a\\ \\"b\\"\\ c',
		'two\\ words',
		'wow\\!',
		'a\\;b\\&c\\|d',
		'\\~x',
		'ü\\*',
		'a\\\\b',
		'col:on=x',
	]);
	assert.deepEqual(await typed('\\$'), ['\\$\\(touch\\ x\\)']);
	assert.deepEqual(await typed('"$'), ['"\\$(touch x)']);
	assert.deepEqual(await typed("'"), [
		"'$(touch x)",
		"'`touch y`",
		"'it'\\''s",
		`'a "b" c`,
		"'two words",
		"'wow!",
		"'a;b&c|d",
		"'~x",
		"'ü*",
		"'a\\b",
		"'col:on=x",
	]);
	assert.deepEqual(await typed('"w'), []);
	assert.deepEqual(await typed('tw'), ['two\\ words']);
	assert.deepEqual(await typed('"two w'), ['"two words']);
});

test('what a terminal would obey, and what would be a flag, is not offered', async () => {
	const found: Found = [
		['ok', []],
		['a\nb', []],
		['\u001b[31m', []],
		['a\u202eb', []],
		['', []],
		['--yes', []],
		['tab\there', []],
	];
	for (const shell of ['bash', 'zsh', 'fish', 'powershell'])
		assert.deepEqual((await offeredFor('exec ', {shell, found})).words, ['ok'], shell);
});

test('anything but a request of a script is left to the program', async () => {
	for (const line of [[], ['bash'], ['csh', '0'], ['bash', '-1'], ['bash', 'x'], ['--help'], ['bash', '1e3']])
		assert.equal(await completionLines(words, line, async () => undefined), undefined, line.join(' '));
	assert.match(
		(await completionLines(words, ['powershell', '1', 'get', '--OUT'], async () => undefined)) ?? '',
		/^words\n--output\t.+\n$/,
	);
	assert.equal(await completionLines(words, ['zsh', '99999', 'get'], async () => undefined), 'words\ncredentials\n');
});

test('behind `@` the names of vaults are offered, and fields are those of a credential in its vault', async () => {
	const lines = async (line: string) => {
		const parts = line.split(' ');
		const asked: (string | undefined)[] = [];
		const text = await completionLines(
			words,
			['zsh', String(parts.length - 1), ...parts],
			async place => {
				asked.push(place);
				return vault;
			},
			() => ['default', 'work'],
		);
		return [text, asked] as const;
	};
	assert.deepEqual(await lines('get prod@'), ['words\nprod@default\nprod@work\n', []]);
	assert.deepEqual(await lines('exec prod db@w'), ['words\ndb@default\ndb@work\n', []]);
	assert.deepEqual(await lines('copy prod@work '), ['words\naccessKeyID\nsecretAccessKey\n', ['work']]);
	assert.deepEqual(await lines('vaults remove '), ['words\ndefault\nwork\n', []]);
});
