import assert from 'node:assert/strict';
import {test} from 'node:test';
import {buildProgram, type Parsed, parseCommandLine} from '../../source/commands/program.js';
import {PharmerError} from '../../source/domain/errors.js';
import {runCommandLine} from '../helpers/command-line.js';

const target = {version: '1.2.3', width: 80};

function parse(line: string): Parsed {
	return parseCommandLine(line === '' ? [] : line.split(' '), target);
}

function options(line: string): Record<string, unknown> {
	const parsed = parse(line);
	assert.ok('options' in parsed, line);
	return {...parsed.options} as Record<string, unknown>;
}

function refusal(line: string): PharmerError {
	try {
		parse(line);
	} catch (error) {
		if (error instanceof PharmerError) return error;
		throw error;
	}
	throw new assert.AssertionError({message: `\`${line}\` was taken`});
}

test('every verb accepts each spelling of the noun', () => {
	const rest = {create: '', get: '', edit: ' x', delete: ' x', restore: ' x'};
	for (const [verb, name] of Object.entries(rest)) {
		for (const noun of ['credential', 'credentials', 'cred']) {
			assert.equal(parse(`${verb} ${noun}${name}`).verb, verb, `${verb} ${noun}`);
		}
	}
	assert.equal(parse('passphrase').verb, 'passphrase');
});

test('the noun may be left out; a credential with that name comes after it', () => {
	for (const line of [
		'create x -l',
		'edit x --note n',
		'delete x -y',
		'restore x --name y',
		'get x y',
		'get x -o yaml',
	]) {
		const [verb = '', ...rest] = line.split(' ');
		assert.deepEqual(options(line), options([verb, 'credential', ...rest].join(' ')), line);
	}
	assert.equal(options('get x').output, 'detail');
	assert.equal(options('get cred x').output, 'table');
	assert.deepEqual(options('get cred cred').names, ['cred']);
	assert.deepEqual(options('get cred').names, []);
	assert.deepEqual(options('--vault v delete x').names, ['x']);
	// A verb without a noun takes it for a name.
	assert.deepEqual(options('exec credential').names, ['credential']);
});

test('words of other tools run the equivalent command', () => {
	assert.deepEqual(options('ls -o wide'), options('get credentials -o wide'));
	assert.deepEqual(options('list x'), options('get credentials x'));
	assert.deepEqual(options('show x'), options('get x'));
	assert.deepEqual(options('describe x y'), {...options('get x y'), output: 'detail'});
	assert.deepEqual(options('rm x -y'), options('delete credential x -y'));
	assert.deepEqual(options('add x -l'), options('create credential x -l'));
	assert.deepEqual(options('mv x y'), options('edit credential x --name y'));
});

test('no command opens the app, even with global flags', () => {
	assert.equal(parse('').verb, 'browse');
	assert.equal(parse('--vault x --accept-rollback --no-color').verb, 'browse');
	assert.deepEqual(options('--vault x --accept-rollback --no-color'), {
		vault: 'x',
		passphraseFd: undefined,
		acceptRollback: true,
		agent: true,
		color: false,
		demo: false,
	});
});

test('accepts global flags before the verb, before the noun and after it', () => {
	for (const line of [
		'--vault x --passphrase-fd 4 get credentials',
		'get --vault x --passphrase-fd 4 credentials',
		'get credentials --vault x --passphrase-fd 4',
		'--vault=y get --vault x credentials --passphrase-fd=4',
	]) {
		const {vault, passphraseFd} = options(line);
		assert.deepEqual([vault, passphraseFd], ['x', 4], line);
	}
});

test('a value that looks like a flag is still a value', () => {
	assert.deepEqual(
		{...(options('edit cred x --note --no-color').metadata as object)},
		{
			labels: new Map(),
			note: '--no-color',
			expires: undefined,
		},
	);
	assert.equal(options('edit cred x --note --no-color').color, true);
	assert.equal(parse('edit cred x --note --help').verb, 'edit');
	assert.equal(parse('edit cred x --note --version').verb, 'edit');
});

/** A line on which each flag has a non-default value, and the line without it. */
const uses: Readonly<Record<string, Readonly<Record<string, readonly [without: string, with_: string]>>>> = {
	create: {
		'--provider': ['create cred', 'create cred -p aws'],
		'--from-env': ['create cred x', 'create cred x -l'],
		'--from-file': ['create cred x', 'create cred x -f file'],
		'--profile': ['create cred x -f file', 'create cred x -f file --profile work'],
		'--force': ['create cred x -l', 'create cred x -l --force'],
		'--label': ['create cred x', 'create cred x --label a=b'],
		'--note': ['create cred x', 'create cred x --note text'],
		'--expires': ['create cred x', 'create cred x --expires 2027-01-31'],
	},
	get: {
		'--output': ['get cred', 'get cred -o wide'],
		'--provider': ['get cred', 'get cred -p aws'],
		'--selector': ['get cred', 'get cred -L a=b'],
		'--filter': ['get cred', 'get cred --filter tag:a'],
		'--sort': ['get cred', 'get cred --sort expires'],
		'--columns': ['get cred', 'get cred --columns name,note'],
		'--field': ['get cred x', 'get cred x --field y'],
		'--reveal': ['get cred x', 'get cred x --reveal'],
		'--redact': ['get cred -o json', 'get cred -o json --redact'],
		'--sync': ['get cred', 'get cred --sync'],
		'--offline': ['get cred', 'get cred --offline'],
		'--at-least': ['get cred', 'get cred --at-least 7'],
	},
	edit: {
		'--editor': ['edit cred x', 'edit cred x --editor'],
		'--name': ['edit cred x', 'edit cred x --name y'],
		'--from-env': ['edit cred x', 'edit cred x -l'],
		'--from-file': ['edit cred x', 'edit cred x -f file'],
		'--profile': ['edit cred x -f file', 'edit cred x -f file --profile work'],
		'--force': ['edit cred x -l', 'edit cred x -l --force'],
		'--label': ['edit cred x', 'edit cred x --label a-'],
		'--note': ['edit cred x', 'edit cred x --note text'],
		'--expires': ['edit cred x', 'edit cred x --expires none'],
	},
	delete: {'--yes': ['delete cred x', 'delete cred x -y']},
	restore: {
		'--name': ['restore cred x', 'restore cred x --name y'],
		'--version': ['restore cred x', 'restore cred x --version 3'],
	},
	history: {
		'--output': ['history x', 'history x -o json'],
		'--redact': ['history x -o json', 'history x -o json --redact'],
		'--purge': ['history x', 'history x --purge'],
		'--yes': ['history x --purge', 'history x --purge -y'],
		'--copies': ['history x --purge', 'history x --purge --copies'],
	},
	import: {
		'--from': ['import', 'import --from aws'],
		'--all': ['import', 'import --all'],
		'--dry-run': ['import', 'import --dry-run'],
		'--output': ['import --all', 'import --all -o json'],
		'--close': ['import', 'import --close'],
		'--close-env': ['import --close', 'import --close --close-env'],
		'--reopen': ['import', 'import --reopen'],
		'--yes': ['import --close', 'import --close --yes'],
		'--force': ['import --reopen', 'import --reopen --force'],
	},
	exec: {
		'--files': ['exec x', 'exec x --files'],
		'--mask': ['exec x', 'exec x --mask'],
		'--sync': ['exec x', 'exec x --sync'],
		'--offline': ['exec x', 'exec x --offline'],
		'--at-least': ['exec x', 'exec x --at-least 7'],
	},
	copy: {
		'--sync': ['copy x', 'copy x --sync'],
		'--offline': ['copy x', 'copy x --offline'],
		'--at-least': ['copy x', 'copy x --at-least 7'],
	},
	run: {
		'--env-file': ['run', 'run --env-file .env'],
		'--mask': ['run', 'run --mask'],
		'--sync': ['run', 'run --sync'],
		'--offline': ['run', 'run --offline'],
		'--at-least': ['run', 'run --at-least 7'],
	},
	inject: {
		'--input': ['inject', 'inject -i file'],
		'--to': ['inject', 'inject --to file'],
		'--force': ['inject', 'inject --force'],
		'--sync': ['inject', 'inject --sync'],
		'--offline': ['inject', 'inject --offline'],
		'--at-least': ['inject', 'inject --at-least 7'],
	},
	trust: {
		'--yes': ['trust', 'trust -y'],
		'--remove': ['trust', 'trust --remove'],
		'--list': ['trust', 'trust --list'],
	},
	env: {
		'--shell': ['env x', 'env x --shell fish'],
		'--sync': ['env x', 'env x --sync'],
		'--offline': ['env x', 'env x --offline'],
		'--at-least': ['env x', 'env x --at-least 7'],
	},
	passphrase: {
		'--new-passphrase-fd': ['passphrase', 'passphrase --new-passphrase-fd 4'],
		'--drop-slots': ['passphrase', 'passphrase --drop-slots'],
	},
	rekey: {'--drop-slots': ['rekey', 'rekey --drop-slots']},
	vaults: {'--output': ['vaults', 'vaults -o json']},
	slots: {
		'--new-passphrase-fd': ['slots add passphrase', 'slots add passphrase --new-passphrase-fd 4'],
		'--to': ['slots add recovery', 'slots add recovery --to file'],
		'--yes': ['slots remove x', 'slots remove x -y'],
	},
	'restore-vault': {
		'--replace': ['restore-vault x', 'restore-vault x --replace'],
		'--yes': ['restore-vault x --replace', 'restore-vault x --replace -y'],
		'--file-passphrase-fd': ['restore-vault x', 'restore-vault x --file-passphrase-fd 4'],
	},
	trash: {'--output': ['trash', 'trash -o json']},
	unlock: {'--for': ['unlock', 'unlock --for 8h']},
	log: {'--output': ['log', 'log -o json']},
	status: {'--output': ['status', 'status -o json']},
	health: {
		'--output': ['health', 'health -o json'],
		'--exit-code': ['health', 'health --exit-code'],
	},
	verify: {
		'--output': ['verify x', 'verify x -o json'],
		'--all': ['verify x', 'verify --all'],
		'--endpoint-from-env': ['verify x', 'verify x --endpoint-from-env'],
		'--offline': ['verify x', 'verify x --offline'],
	},
	issue: {
		'--provider': ['issue x', 'issue x -p aws'],
		'--with': ['issue x', 'issue x --with y'],
		'--user': ['issue x', 'issue x --user y'],
		'--policy': ['issue x', 'issue x --policy y'],
		'--name': ['issue x', 'issue x --name y'],
		'--undo': ['issue x', 'issue x --undo'],
		'--yes': ['issue x', 'issue x --yes'],
		'--remove-orphan': ['issue x', 'issue x --remove-orphan 1'],
		'--endpoint-from-env': ['issue x', 'issue x --endpoint-from-env'],
		'--offline': ['issue x', 'issue x --offline'],
	},
	revoke: {
		'--with': ['revoke x', 'revoke x --with y'],
		'--undo': ['revoke x', 'revoke x --undo'],
		'--yes': ['revoke x', 'revoke x --yes'],
		'--key': ['revoke x', 'revoke x --key 1'],
		'--endpoint-from-env': ['revoke x', 'revoke x --endpoint-from-env'],
		'--offline': ['revoke x', 'revoke x --offline'],
	},
	rotate: {
		'--grace': ['rotate x', 'rotate x --grace 7d'],
		'--now': ['rotate x', 'rotate x --now'],
		'--resume': ['rotate x', 'rotate x --resume'],
		'--undo': ['rotate x', 'rotate x --undo'],
		'--with': ['rotate x', 'rotate x --with y'],
		'--all': ['rotate x', 'rotate --all --resume'],
		'--older-than': ['rotate --all --older-than 1d', 'rotate --all --older-than 90d'],
		'--yes': ['rotate x', 'rotate x --yes'],
		'--key': ['rotate x', 'rotate x --key 1'],
		'--remove-orphan': ['rotate x', 'rotate x --remove-orphan 1'],
		'--endpoint-from-env': ['rotate x', 'rotate x --endpoint-from-env'],
		'--offline': ['rotate x', 'rotate x --offline'],
	},
	doctor: {'--output': ['doctor', 'doctor -o json']},
	'aws setup': {
		'--profile': ['aws setup x', 'aws setup x --profile y'],
		'--replace': ['aws setup x', 'aws setup x --replace'],
	},
	export: {
		'--output': ['export', 'export -o csv'],
		'--to': ['export', 'export --to file'],
		'--provider': ['export', 'export -p aws'],
		'--selector': ['export', 'export -L a=b'],
		'--sync': ['export', 'export --sync'],
		'--offline': ['export', 'export --offline'],
		'--at-least': ['export', 'export --at-least 7'],
	},
	'team init': {
		'--with': ['team init x', 'team init x --with y'],
		'--name': ['team init x', 'team init x --name y'],
		'--no-recovery': ['team init x', 'team init x --no-recovery'],
	},
	'team join': {
		'--with': ['team join x', 'team join x --with y'],
		'--name': ['team join x', 'team join x --name y'],
		'--recovery': ['team join x', 'team join x --recovery'],
		'--at': ['team join x', 'team join x --at 3 --words y'],
		'--words': ['team join x --at 3 --words y', 'team join x --at 3 --words z'],
		'--yes': ['team join x', 'team join x --yes'],
	},
	'team add': {
		'--role': ['team add x', 'team add x --role admin'],
		'--name': ['team add x', 'team add x --name y'],
		'--yes': ['team add x', 'team add x --yes --words y'],
		'--words': ['team add x --yes --words y', 'team add x --yes --words z'],
		'--key-file': ['team add x', 'team add --key-file y --name z'],
	},
	'team members': {'--output': ['team members', 'team members -o json']},
	'team remove': {'--yes': ['team remove x', 'team remove x --yes']},
	'team status': {
		'--output': ['team status', 'team status -o json'],
		'--probe': ['team status', 'team status --probe'],
	},
	'team sync': {
		'--with': ['team sync', 'team sync --with y'],
		'--from-env': ['team sync', 'team sync --from-env'],
		'--url': ['team sync', 'team sync --url u'],
	},
	'team log': {
		'--limit': ['team log', 'team log --limit 7'],
		'--output': ['team log', 'team log -o json'],
	},
	'team conflicts': {
		'--keep': ['team conflicts x', 'team conflicts x --keep mine'],
		'--reveal': ['team conflicts', 'team conflicts --reveal'],
		'--output': ['team conflicts', 'team conflicts -o json'],
	},
	'team recovery': {
		'--to': ['team recovery', 'team recovery --to file'],
		'--name': ['team recovery', 'team recovery --name y'],
	},
	'team leave': {
		'--here': ['team leave', 'team leave --here'],
		'--yes': ['team leave', 'team leave --yes'],
	},
};

/** What is asked about, where that is more than the name of something. */
const operands: Readonly<Record<string, string>> = {
	completion: ' zsh',
	hook: ' zsh',
	'team add': ' x',
	'team role': ' x admin',
};

const globals: Readonly<Record<string, string>> = {
	'--vault': '--vault x',
	'--passphrase-fd': '--passphrase-fd 4',
	'--accept-rollback': '--accept-rollback',
	'--no-agent': '--no-agent',
	'--no-color': '--no-color',
};

test('every registered flag changes the parsed options', () => {
	const {leaves} = buildProgram(target, {stdout: () => {}, stderr: () => {}}, () => {});
	let count = 0;
	for (const {command, commander} of leaves.filter(each => each.command.isHidden !== true)) {
		const name = command.verb;
		const operand = operands[name] ?? ((command.operand?.least ?? 0) === 0 ? '' : ' x');
		const line = `${name}${command.hasNoun ? ' cred' : ''}${operand}`;
		for (const {long} of commander.options) {
			assert.ok(long, name);
			const [without, with_] = globals[long] ? [line, `${line} ${globals[long]}`] : (uses[name]?.[long] ?? []);
			assert.ok(without && with_, `this test knows no use of \`${name} ${long}\``);
			assert.notDeepEqual(options(with_), options(without), `${name} ${long} does nothing`);
			count++;
		}
	}
	assert.ok(count > 40, `${count} flags`);
});

test('refuses a wrong command line with exit code 2, saying what is wrong and what to do', () => {
	const lines: readonly (readonly [line: string, message: RegExp, hint: RegExp])[] = [
		['gt', /unknown command `gt`/, /did you mean get\?/],
		['purge aws', /unknown command `purge`/, /here it is `pharmer delete credential NAME`/],
		['remove cred aws', /unknown command `remove`/, /pharmer delete credential/],
		['view aws', /unknown command `view`/, /here it is `pharmer get credentials NAME`/],
		['with x', /unknown command `with`/, /here it is `pharmer exec NAME -- COMMAND`/],
		['inject -i - --passphrase-fd 0', /can't both read standard input/, /^$/],
		['constructor', /unknown command `constructor`/, /`pharmer --help`/],
		['get cred --redct', /unknown option `--redct`/, /did you mean --redact\?/],
		['get cred -x', /unknown option `-x`/, /pharmer get --help/],
		['--bogus', /unknown option `--bogus`/, /pharmer --help/],
		['completion csh', /`csh` is not a shell with completion/, /bash, zsh, fish, powershell/],
		['completion', /SHELL is missing/, /completion --help/],
		['complete', /unknown command `complete`/, /`pharmer completion bash/],
		['mv aws', /NAME is missing/, /mv --help/],
		['get -p aws', /NAME is missing/, /`pharmer get credentials` lists/],
		['get -o json', /NAME is missing/, /`pharmer get credentials` lists/],
		['get cred -o tabel', /`tabel` is not an output format/, /table, wide, json, yaml, name/],
		['get cred -o', /`--output` needs a format/, /get --help/],
		['create cred x y', /too many arguments/, /create --help/],
		['create cred x -l -f file', /can't be used together/, /choose one/],
		['create cred x --profile work', /`--profile` needs `--from-file`/, /^$/],
		['create cred x --force', /`--force` needs/, /^$/],
		['create cred x --label a', /KEY=VALUE, not `a`/, /--label/],
		['create cred x --label a-', /KEY=VALUE, not `a-`/, /--label/],
		['create cred x -f - --passphrase-fd 0', /standard input/, /^$/],
		['edit cred', /NAME is missing/, /edit --help/],
		['edit cred x --editor --name y', /can't be used together/, /^$/],
		['edit cred x --force', /`--force` needs/, /^$/],
		['delete cred', /NAME is missing/, /delete --help/],
		['get cred --passphrase-fd three', /`--passphrase-fd` takes the number/, /3< FILE/],
		['get cred --passphrase-fd -1', /`--passphrase-fd` takes the number/, /3< FILE/],
		['passphrase --passphrase-fd 3 --new-passphrase-fd 3', /can't be the same/, /^$/],
		['passphrase credential', /too many arguments/, /passphrase --help/],
	];
	for (const [line, message, hint] of lines) {
		const error = refusal(line);
		assert.equal(error.exitCode, 2, line);
		assert.match(error.message, message, line);
		assert.match(error.hint ?? '', hint, line);
	}
	assert.throws(() => parseCommandLine(['get', 'cred', '--vault', ''], target), /`--vault` is empty/);
});

test('refuses an invalid name, provider, label or date with exit code 7', () => {
	const long = 'a'.repeat(64);
	for (const line of [
		'create cred a/b',
		'create cred ../x',
		`create cred ${long}`,
		'create cred -p nimbus',
		'create cred x --label =b',
		'create cred x --expires 2027-02-30',
		'create cred x --expires none',
		'edit cred x --name .hidden',
		'edit cred x --label a$=b',
		'edit cred x --expires soon',
	]) {
		assert.equal(refusal(line).exitCode, 7, line);
	}
	assert.equal(options(`create cred ${long.slice(1)}`).name, long.slice(1));
});

test('help goes to standard output with exit code 0, and asks for nothing', async () => {
	const nouns = ['create', 'get', 'edit', 'delete', 'restore'];
	const verbs = [
		...nouns,
		'copy',
		'trash',
		'unlock',
		'lock',
		'status',
		'doctor',
		'passphrase',
		'rekey',
		'slots',
		'backup',
		'restore-vault',
		'import',
		'exec',
		'env',
		'log',
		'run',
		'inject',
		'trust',
		'hook',
		'aws',
		'export',
		'completion',
	];
	const lines = ['--help', '-h', 'help', ...verbs.flatMap(verb => [`${verb} --help`, `help ${verb}`])];
	lines.push(...nouns.map(verb => `${verb} credential --help`), 'delete cred x --help --yes');
	lines.push('aws credential-process --help', 'aws setup --help');
	const team = [
		'init',
		'join',
		'add',
		'members',
		'role',
		'remove',
		'status',
		'sync',
		'log',
		'conflicts',
		'recovery',
		'leave',
	];
	lines.push('team --help', 'help team', ...team.map(verb => `team ${verb} --help`));
	for (const line of lines) {
		const {code, stdout, stderr, places, asked} = await runCommandLine(line.split(' '), {answers: []});
		assert.equal(code, 0, line);
		assert.match(stdout, /^Usage: pharmer /, line);
		assert.match(stdout, /Examples:\n {2}# .+\n {2}pharmer/, line);
		assert.deepEqual([stderr, places, asked], ['', [], []], line);
	}
});

test("a verb's help is the same with its noun, and lists its flags", async () => {
	const {stdout} = await runCommandLine(['create', '--help']);
	const {stdout: noun} = await runCommandLine(['create', 'credential', '--help']);
	assert.equal(stdout, noun);
	assert.match(stdout, /--from-env/);
	assert.match(stdout, /--passphrase-fd/);
	assert.match(stdout, /In the wizard \? shows how to get one/);
});

test('every example in the help is a valid command line', async () => {
	let count = 0;
	for (const verb of [
		'',
		'create',
		'get',
		'edit',
		'delete',
		'restore',
		'passphrase',
		'aws',
		'aws setup',
		'export',
		'exec',
		'inject',
	]) {
		const {stdout} = await runCommandLine([...verb.split(' ').filter(Boolean), '--help']);
		for (const [, line = ''] of stdout.matchAll(/^ {2}pharmer ?(.*)$/gm)) {
			const words = line
				.replace(/ \d?< \S+| \| .*/g, '')
				.split(' ')
				.filter(Boolean);
			if (words.length === 1 && verb === '' && words[0] !== '--demo') assert.fail(line);
			const problem = (() => {
				try {
					parseCommandLine(words, target);
					return undefined;
				} catch (error) {
					return error as PharmerError;
				}
			})();
			// An example may name a provider that this build does not have yet.
			if (problem !== undefined) assert.match(problem.message, /there is no provider/, line);
			count++;
		}
	}
	assert.ok(count >= 15, `${count} examples`);
});

test('help fits a narrow terminal', async () => {
	const {stdout} = await runCommandLine(['edit', '--help'], {columns: 60});
	const flags = stdout.slice(0, stdout.indexOf('Examples:')).split('\n');
	assert.ok(Math.max(...flags.map(line => line.length)) <= 60, stdout);
});

test('a verb without its noun gives its help on standard error and exit code 2', async () => {
	for (const verb of ['get', 'edit', 'delete', 'restore']) {
		const {code, stdout, stderr} = await runCommandLine([verb]);
		assert.deepEqual([code, stdout], [2, ''], verb);
		assert.match(stderr, new RegExp(`^Usage: pharmer ${verb} credential`), verb);
		assert.match(stderr, new RegExp(`pharmer: \`${verb}\` needs to know what, such as \`credential\``), verb);
	}
	assert.match((await runCommandLine(['aws'])).stderr, /`aws` needs to know what, such as `credential-process`/);
	const {code, stderr} = await runCommandLine(['help', 'nothing']);
	assert.equal(code, 2);
	assert.match(stderr, /that is not a command/);
});

test('writes the version to standard output', async () => {
	for (const flag of ['--version', '-V']) {
		assert.deepEqual((await runCommandLine([flag])).stdout, '1.2.3\n');
	}
});
