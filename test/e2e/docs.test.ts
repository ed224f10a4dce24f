import assert from 'node:assert/strict';
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {awsCloudOf} from '../helpers/clouds/aws.js';
import {awsAccount} from '../helpers/clouds/aws-account.js';
import {secretKey} from '../helpers/credentials.js';
import {fakeCloud, type Handler} from '../helpers/fake-cloud.js';
import {type Command, readPage} from '../helpers/page.js';
import {openProgram, program} from '../helpers/program.js';
import {passphrase, putVault, type Typed, usualVault} from '../helpers/quick-vault.js';
import {serviceAccountText} from '../helpers/service-account.js';
import {homeOfAgent} from '../helpers/unlocked.js';

/** The pages whose commands are not typed at a shell, or are run by other tests. */
const others = ['architecture.md', 'vault-format.md', 'providers.md', 'keys.md', 'commands.md'];
const pages = readdirSync(new URL('../../docs/', import.meta.url))
	.filter(name => name.endsWith('.md') && !others.includes(name))
	.map(name => `docs/${name}`);

const aws = (name: string, id: string): Typed => [name, 'aws', {accessKeyID: id, secretAccessKey: secretKey}];

/** What the vault of a reader holds. */
const vault: readonly Typed[] = [
	aws('prod', 'AKIAQ4J5K6L7M2N3PROD'),
	['gcp', 'gce', {projectID: 'invented-prod-123456', serviceAccount: serviceAccountText()}],
	['db', 'generic', {password: 'not-a-real-password'}],
	['dns', 'cloudflare', {apiToken: 'not-a-real-cloudflare-token-000000000000'}],
];

const profile = (name: string, id: string, secret: string): string =>
	`[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;

/** What lies in a reader's home, with its mode. */
const files: Readonly<Record<string, readonly [content: string, mode?: number]>> = {
	'.aws/credentials': [
		`${profile('default', 'AKIAQ4J5K6L7M2N3PROD', secretKey)}\n${profile('work', 'AKIAQ4J5K6L7M2N3WORK', secretKey.replace('K7', 'K8'))}`,
	],
	'.aws/config': ['[profile sso]\nsso_session = work\nsso_account_id = 111122223333\n'],
	'.config/hcloud/cli.toml': [
		`active_context = "gateway"\n\n[[contexts]]\nname = "gateway"\ntoken = "${'notARealHetznerToken'.repeat(4).slice(0, 64)}"\n`,
		0o644,
	],
	'Downloads/key.json': [serviceAccountText({private_key_id: '2', client_email: 'other@invented.example'})],
	'passphrase.txt': [`${passphrase}\n`],
	notes: ['notes\n'],
	'aws.json': [`{"accessKeyID": "AKIAQ4J5K6L7M2N3JSON", "secretAccessKey": "${secretKey.replace('K7', 'K5')}"}\n`],
};

/** Tools of others that the pages hand credentials to. They do nothing here, but for what a page reads from them. */
const created = {
	AccessKey: {
		UserName: 'pharmer',
		AccessKeyId: 'AKIAQ4J5K6L7M2N3NEW2',
		Status: 'Active',
		SecretAccessKey: secretKey.replace('K7', 'K9'),
		CreateDate: '2026-11-29T00:00:00Z',
	},
};
const tools: Readonly<Record<string, string>> = {
	pharmer: `exec "${process.execPath}" "${program}" "$@"`,
	...Object.fromEntries(['terraform', 'gcloud', 'kubectl', 'make', 'npm', 'man'].map(name => [name, 'exit 0'])),
	aws: `cat <<'END'\n${JSON.stringify(created)}\nEND`,
};

/** What a line with `--from-env` finds. */
const environment = {AWS_ACCESS_KEY_ID: 'AKIAQ4J5K6L7M2N3ENV2', AWS_SECRET_ACCESS_KEY: secretKey.replace('K7', 'K6')};

/** What providers answer. */
const providers = {
	'sts.amazonaws.com': () => ({
		status: 200,
		body: '<Response><Arn>arn:aws:iam::111122223333:user/pharmer</Arn><Account>111122223333</Account></Response>',
	}),
};

/** The providers that a page asks. */
const clouds: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
	'docs/verify.md': providers,
	'docs/issue.md': awsAccount(Date.now, 0, {id: 'AKIAQ4J5K6L7M2N3PROD', secret: secretKey}).handlers,
	'docs/rotate.md': awsCloudOf({id: 'AKIAQ4J5K6L7M2N3PROD', secret: secretKey}).handlers,
};

async function readersHome(context: TestContext): Promise<string> {
	const home = homeOfAgent(context);
	await putVault(usualVault(home), ...vault);
	for (const [name, [content, mode = 0o600]] of Object.entries(files)) {
		mkdirSync(dirname(join(home, name)), {recursive: true});
		writeFileSync(join(home, name), content, {mode});
	}
	mkdirSync(join(home, 'bin'));
	for (const [name, script] of Object.entries(tools)) {
		writeFileSync(join(home, 'bin', name), `#!/bin/sh\n${script}\n`, {mode: 0o755});
	}
	return home;
}

/** The beginning of a line that asks: for a passphrase, for a word that the page answers, or for a yes. */
const question = /^(?:(?:[\w ]*[Pp]assphrase(?: of [\w.-]+)?|The same again|Type .+): ?|.*\? \[y\/N\])/m;

const newPassphrase = 'staple battery horse correct';

/** Types a line at a shell in a terminal, answers what it asks, and gives what it prints and its exit code. */
async function type(
	context: TestContext,
	home: string,
	{line, shown}: Omit<Command, 'at' | 'code'>,
	cloud: Readonly<Record<string, string>>,
) {
	const terminal = openProgram(context, {
		home,
		agent: true,
		command: ['bash', '-o', 'pipefail', '-c', line],
		columns: 120,
		rows: 50,
		environment: {
			...cloud,
			...(line.includes('--from-env') && environment),
			PATH: `${join(home, 'bin')}:${process.env.PATH}`,
		},
	});
	const words = shown?.flatMap(each => /^Type .+: (.+)$/.exec(each)?.[1] ?? []) ?? [];
	const answer = (asked: string): string => {
		if (asked.startsWith('Type ')) return words.shift() ?? '';
		if (asked.endsWith(']')) return 'n';
		return /^(?:New passphrase|The same again|Passphrase of )/.test(asked) ? newPassphrase : passphrase;
	};
	for (let asked = 1; await terminal.seeOrEnd(new RegExp(`(?:${question.source}[^]*?){${asked}}`, 'm')); asked++) {
		terminal.press(answer([...terminal.text().matchAll(new RegExp(question, 'gm'))][asked - 1]?.[0] ?? ''), 'enter');
	}
	return {code: await terminal.ended(), text: terminal.text()};
}

/** A text without what differs from one run to another: times, the home's path, widths. */
const settled = (text: string, home: string): string =>
	text
		.replaceAll(home, '/home/me')
		.replace(/\d{4}-\d\d-\d\d(?:T[\d:]+Z)?/g, 'DAY')
		.replace(/\d+ (KiB|seconds?)\b/g, 'N $1')
		.replace(/ +/g, ' ')
		.trimEnd();

function assertShown({shown, at}: Command, text: string, home: string): void {
	if (shown === undefined) return;
	const escaped = (line: string): string => settled(line, home).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	const pattern = shown.map(line => (line === '…' ? '(?:.*\\n)*' : `${escaped(line)} *\\n`)).join('');
	const printed = settled(text.replace(/^Passphrase: *\n/gm, ''), home);
	assert.match(`${printed}\n`, new RegExp(`^${pattern}\n*$`), at);
}

for (const page of ['README.md', ...pages]) {
	test(`every command of ${page} does what the page says`, async context => {
		const home = await readersHome(context);
		const handlers = clouds[page];
		const cloud = handlers === undefined ? {} : (await fakeCloud(context, handlers)).environment;
		for (const line of ['pharmer unlock', 'pharmer edit prod --label team=infra --expires 2027-01-31']) {
			await type(context, home, {line, shown: undefined}, cloud);
		}
		if (page === 'README.md') writeFileSync(join(home, '.env'), 'DB_PASSWORD=pharmer://db/password\n');
		for (const step of readPage(page)) {
			if ('name' in step) {
				writeFileSync(join(home, step.name), step.content, {mode: 0o600});
				continue;
			}
			const {code, text} = await type(context, home, step, cloud);
			assert.equal(code, step.code, `${step.at}: ${step.line}\n${text}`);
			assertShown(step, text, home);
		}
	});
}
