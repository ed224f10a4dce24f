import {randomUUID} from 'node:crypto';
import type {Credential} from '../../source/domain/credential.js';
import {fields} from './command-line.js';
import {awsContent, storedCredential} from './credentials.js';

/** A command line, its environment, and the file that is its standard input. */
export type Line = {readonly words: readonly string[]; readonly environment: Readonly<Record<string, string>>};

const longest = 'x'.repeat(63);
const temporary = {accessKeyID: 'ASIAQ4J5K6L7M2N3P4Q5', sessionToken: 'a session token'};

const generic = (name: string, data: Record<string, string> = {token: 'a'}): Credential =>
	storedCredential(name, {id: randomUUID(), provider: 'generic', data: fields(data)});
const aws = (name: string, data: Record<string, string> = {}, more: Partial<Credential> = {}): Credential =>
	storedCredential(name, {id: randomUUID(), data: awsContent(name, data).data, ...more});

/** What the vault of the lines holds: names and values of every kind. */
export const stored: readonly Credential[] = [
	aws('aws', {region: 'eu-west-1'}, {labels: new Map([['env', 'prod']]), note: 'two\nlines \u001b[31m'}),
	aws('Work.Old_1-x', {}, {expires: '2020-01-31'}),
	aws('temp', {...temporary, expiration: '2099-01-31T12:00:00Z'}),
	aws('temp-day', temporary, {expires: '2099-01-31'}),
	aws('temp-over', {...temporary, expiration: '2020-01-31T12:00:00Z'}),
	aws('half', {secretAccessKey: ''}),
	storedCredential('of-tomorrow', {id: randomUUID(), provider: 'nimbus', data: fields({key: 'a'})}),
	generic('any', {VALUE: `it's "a" $x \`b\` 100 %\nand\\more\n漢\u202e\u001b]52;c;x\u0007`, 'not a variable': 'b'}),
	generic('empty', {}),
	generic('prod-1'),
	generic('prod-2', {token: 'x'.repeat(30_000)}),
	...['9', 'get', 'cred', 'credential', 'exec', 'json', 'constructor', longest].map(name => generic(name)),
];

const names = stored.map(({name}) => name);
/** Names that nothing has: slips, other cases are not among them, and what is no name. */
const unknown = ['awz', 'prod-3', 'nope', 'toString', `${longest}x`, "''", '.hidden', 'a/b', '../x', 'ä', 'a␠b', '_a'];
const few = ['aws', 'AWS', 'temp', 'any', 'work.old_1-X', 'awz', 'prod-3', 'cred'];

/** The same question in other words, and neighbours of it. */
const spellings = [
	...['get cred NAME -o json', 'get credential NAME --output json', 'get credentials NAME -o=json'],
	...['get NAME -ojson', 'get NAME --output=json', 'get -o json NAME', 'get cred -o json NAME'],
	...['get -o json -- NAME', 'get NAME -o yaml -o json', '--vault @/v/vault.json get NAME -o json'],
	...[
		'get NAME -o json --vault v/vault.json',
		'--no-color get NAME -o json',
		'PHARMER_VAULT=v/vault.json get NAME -o json',
	],
];

/** Lines that only read: every form that the agent answers, and every line near to one. */
const reading = [
	...[...names, ...unknown].map(name => `get ${name} -o json`),
	...[...names, ...unknown].map(name => `aws credential-process ${name}`),
	...few.map(name => `env ${name}`),
	...few.map(name => `exec ${name} -- printenv AWS_ACCESS_KEY_ID VALUE`),
	...spellings.flatMap(line => ['aws', 'awz'].map(name => line.replace('NAME', name))),
	...['get aws -o', "get aws -o ''", 'get aws -o JSON', 'get aws -o yaml', 'get aws -o table', 'get aws -o name'],
	...['get aws -o json extra', 'get aws any -o json', 'get aws aws -o json', 'get AWS aws awz nope -o json'],
	...[
		'get aws -o json --redact',
		'get aws -p aws -o json',
		'get aws -p gce -o json',
		'get aws -o json --',
		'get -o json',
	],
	...[
		'get credentials -o name',
		'get credentials -o json --redact',
		'get --filter tag:env=prod cred -o name',
		'get aws',
	],
	...['get aws --field accessKeyID', 'get cred any --field VALUE', 'get awz --field x', 'get aws --field nope'],
	...[
		'get empty --field x',
		'get aws any --field x',
		'get aws --field secretAccessKey -o json',
		'show any --field VALUE',
	],
	...['ls -L env=prod -o name', 'ls -L nope', 'ls --sort expires -o name'],
	...['ls -o name', 'show awz', 'get creds aws -o json', "get '' -o json", 'get aws -o json --bogus', 'get -x'],
	...['--vault', "--vault '' get aws -o json", '--vault v get aws -o json', '--vault nowhere get aws -o json'],
	...['--vault link.json get aws -o json', '--vault v/../link.json env aws', '--vault v/link.json get awz -o json'],
	...['--vault open/vault.json get aws -o json', '--vault open/vault.json aws credential-process temp'],
	...['--vault open/vault.json exec any -- printenv VALUE', '--vault v/damaged.json get aws -o json'],
	...['--vault v/older.json get aws -o json', '--vault v/older.json env aws', '--vault a --vault v/vault.json env aws'],
	...['aws credential-process', 'aws credential-process aws any', 'aws credential-process -- aws', 'aws', 'aws help'],
	...['aws credential-process aws --vault v/vault.json', '--vault=v/vault.json aws credential-process aws'],
	...['env', 'env aws any', 'env any AWS aws', 'env aws --shell fish', 'env aws --shell cmd', 'env prod-1 prod-2'],
	...[
		'SHELL=/bin/fish env any',
		'SHELL=/usr/bin/zsh env aws',
		'env of-tomorrow',
		'env half',
		'env empty',
		'env temp-over',
	],
	...['exec', 'exec aws', 'exec aws --', 'exec aws true', 'exec -- true', 'exec aws any -- printenv VALUE AWS_REGION'],
	...[
		'exec aws -- no-such-command',
		'exec aws -- sh -c exit␠7',
		'exec aws --files -- true',
		'exec aws -- echo -- -o json',
	],
	...['exec awz', 'exec awz nope true', 'exec prod-1 prod-2 -- true', 'exec temp-over -- true', 'exec aws -- @/v -x'],
	...[
		'PHARMER_AGENT=off PHARMER_PASSPHRASE_FILE=@/passphrase get aws -o json',
		'PHARMER_PASSPHRASE=wrong get aws -o json',
	],
	...[
		'PHARMER_PASSPHRASE=wrong exec aws -- true',
		'PHARMER_PASSPHRASE_FILE=@/nowhere env aws',
		'PHARMER_VAULT= get 9 -o json',
	],
	...['PHARMER_PASSPHRASE_FILE=@/passphrase --no-agent get aws -o json', 'PHARMER_AGENT=on get aws -o json'],
	...['PHARMER_PASSPHRASE_FILE=@/passphrase get aws -o json --accept-rollback', 'PHARMER_VAULT=nowhere env aws'],
	...[
		'PHARMER_PASSPHRASE_FILE=@/passphrase slots remove nope',
		'--help',
		'get --help',
		'aws credential-process --help',
	],
	...['version', 'gt aws -o json', 'purge aws', 'run aws', '', 'unlock --for 13h', 'unlock --for soon', 'lock x'],
	...[
		'exec aws --help',
		'create',
		'delete aws',
		'delete awz --yes',
		'edit awz --note a',
		'restore awz',
		'import --from nimbus',
	],
	...[
		'export -o dotenv',
		'aws setup any',
		'PHARMER_PASSPHRASE_FILE=@/passphrase passphrase',
		'rekey x',
		'slots fly',
		'status -o xml',
		'LANG=C get any -o json',
	],
];

/** Lines that write, one after the other. */
const writing = [
	...['create one -p generic -f @/fields.json', 'create cred one -p generic -f @/fields.json', 'create two -l -p aws'],
	...['edit one --note new --expires 2099-01-31', 'edit aws --name aws-2', 'get aws -o json', 'get aws-2 -o json'],
	...['delete prod-1 nope --yes', 'delete prod-1 PROD-2 --yes', 'exec prod-1 -- true', 'restore prod-1 --name prod-4'],
	...['restore prod-1', 'aws setup aws-2', 'aws setup aws-2', 'mv one three', 'env three aws-2', 'import --all'],
];

export const readingLines: readonly Line[] = reading.map(lineOf);
export const writingLines: readonly Line[] = writing.map(lineOf);

/** A line as typed: variables before the words; `''` is an empty word and `␠` a space inside of one. */
function lineOf(text: string): Line {
	const parts = text.split(' ').filter(part => part !== '');
	const isVariable = (part: string): boolean => /^[A-Z_]+=/.test(part);
	const at = parts.findIndex(part => !isVariable(part));
	const words = at === -1 ? [] : parts.slice(at).map(word => (word === "''" ? '' : word.replaceAll('␠', ' ')));
	const pairs = parts.slice(0, parts.length - words.length).map(part => {
		const end = part.indexOf('=');
		return [part.slice(0, end), part.slice(end + 1)];
	});
	return {words, environment: Object.fromEntries(pairs)};
}
