import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {
	chmodSync,
	chownSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	unlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {holderText} from '../../source/files/lock-holder.js';
import {keyId, secretKey} from '../helpers/credentials.js';
import {copyBeside, doctorHome, snapshot} from '../helpers/doctor-home.js';
import {putVault, typedAws} from '../helpers/quick-vault.js';
import {onlyLinux} from '../helpers/real-agent.js';
import '../helpers/long.js';

type Home = Awaited<ReturnType<typeof doctorHome>>;

const user = 65_534;
const isRoot = process.getuid?.() === 0;
const notRoot = isRoot ? false : 'SKIPPED: only root gives files away, so nothing is known of what belongs to others';
const onPosix = process.platform === 'win32' ? 'SKIPPED: Windows has no permission bits' : false;

/** A home that is broken, what the doctor has to say of it, and how it is mended. */
type Broken = {
	readonly title: string;
	readonly skip?: string | false;
	/** Breaks it. What it gives back is done at the end. */
	readonly spoil: (home: Home) => unknown;
	/** The ids of all checks that need care, with what their findings say. */
	readonly says: Readonly<Record<string, RegExp>>;
	/** The commands that it gives, in order; a sentence is followed by `byHand`. */
	readonly commands?: readonly RegExp[];
	readonly advice?: RegExp;
	readonly byHand?: (home: Home) => unknown;
	/** Who runs the doctor. */
	readonly user?: number;
};

function giveAway(home: Home): void {
	const result = spawnSync('chown', ['-R', `${user}:${user}`, home.home]);
	assert.equal(result.status, 0);
	// The test's own folder of programs has to be found by that user, too.
	chmodSync(home.programs, 0o755);
}

const longAgo = new Date('2020-01-01T00:00:00Z');
const awsFile = `[default]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n`;

const setUps: readonly Broken[] = [
	{
		title: 'a vault that others can read',
		skip: onPosix,
		spoil: ({vault}) => chmodSync(vault, 0o644),
		says: {files: /^others can read `.*vault\.json`, mode 0644$/},
		commands: [/^chmod go-rwx \S+vault\.json$/],
	},
	{
		title: 'a directory of the vault that others can write in',
		skip: onPosix,
		spoil: ({folder}) => chmodSync(folder, 0o777),
		says: {
			directories: /^others can write in `.*pharmer`, mode 0777$/,
			socket: /is not used: others can rename what is in/,
		},
		commands: [/^chmod go-w \S+pharmer$/],
	},
	{
		title: 'a directory above it that others can write in',
		skip: onPosix,
		spoil: ({home}) => chmodSync(home, 0o777),
		says: {
			above: /^others can rename what is in `.*`, mode 0777$/,
			socket: /`.*run` is not used: others can rename what is in `.*`/,
		},
		commands: [/^chmod go-w \S+$/],
	},
	{
		title: 'a copy of an older vault that others can read',
		skip: onPosix,
		spoil: ({vault}) => chmodSync(copyBeside(vault, '.v1'), 0o640),
		says: {files: /^others can get at `.*vault\.json\.v1`, mode 0640$/},
		commands: [/^chmod go-rwx \S+vault\.json\.v1$/],
	},
	{
		title: 'a link to nowhere in the place of the directory',
		skip: onPosix,
		spoil({folder, home}) {
			renameSync(folder, join(home, 'gone'));
			symlinkSync(join(home, 'nowhere'), folder);
		},
		says: {directories: /^`.*pharmer` is a link that leads nowhere$/},
		commands: [/^rm \S+pharmer$/],
	},
	{
		title: 'the lock of a process that has ended',
		skip: onlyLinux,
		spoil: ({vault}) => writeFileSync(`${vault}.lock`, holderText('a', longAgo, spawnSync('true').pid), {mode: 0o600}),
		says: {lock: /^stale: of process \d+, which has ended, made just now$/},
		commands: [/^rm \S+vault\.json\.lock$/],
	},
	{
		title: 'a lock of another machine, of years ago',
		spoil({vault}) {
			const text = holderText('a', longAgo, 7).replace(/"host":"[^"]*"/, '"host":"elsewhere"');
			writeFileSync(`${vault}.lock`, text, {mode: 0o600});
			utimesSync(`${vault}.lock`, longAgo, longAgo);
		},
		says: {lock: /^stale: of process 7 on another machine or in a container, `elsewhere`, made \d+ years ago$/},
		commands: [/^rm \S+vault\.json\.lock$/],
	},
	{
		title: 'what a write that was broken off left',
		spoil: ({vault}) => writeFileSync(`${vault}.next`, 'half of', {mode: 0o600}),
		says: {leftovers: /^1 file of a change that was broken off: `.*vault\.json\.next`$/},
		commands: [/^rm \S+vault\.json\.next$/],
	},
	{
		title: 'a vault that a full disk has cut short',
		spoil({vault, files}) {
			writeFileSync(`${vault}.next`, files.vault, {mode: 0o600});
			writeFileSync(vault, files.vault.subarray(0, 700));
		},
		says: {leftovers: /^the last write of the vault was cut short; `.*\.next` has all of it$/},
		commands: [/^mv \S+\.next \S+vault\.json$/],
	},
	{
		title: 'a damaged vault with a whole one beside it',
		spoil({vault, files}) {
			writeFileSync(`${vault}.next`, files.vault, {mode: 0o600});
			writeFileSync(vault, files.vault.toString('latin1').replace('"generation": ', '"generation": 9'));
		},
		says: {vault: /^the vault `.*` is damaged or tampered with: its checksum does not match$/},
		commands: [/^mv \S+vault\.json \S+vault\.json\.damaged && mv \S+vault\.json\.next \S+vault\.json$/],
	},
	{
		title: 'a damaged vault with the copy of a day beside it',
		spoil({vault, files}) {
			writeFileSync(`${vault}.2026-11-28`, files.vault, {mode: 0o600});
			writeFileSync(`${vault}.2026-11-27`, files.vault, {mode: 0o600});
			writeFileSync(`${vault}.2026-11-29`, files.vault.subarray(0, 700), {mode: 0o600});
			writeFileSync(vault, files.vault.subarray(0, 700));
		},
		says: {
			vault:
				/^the vault `.*` is damaged or tampered with: it is incomplete; the newest whole copy lacks what was changed on 2026-11-28 and later$/,
		},
		commands: [/^pharmer restore-vault \S+vault\.json\.2026-11-28 --replace --yes$/],
	},
	{
		title: 'a vault that is gone, with the copy of a day',
		spoil({vault, files}) {
			writeFileSync(`${vault}.2026-11-28`, files.vault, {mode: 0o600});
			rmSync(vault);
		},
		says: {
			vault:
				/^the one at `.*vault\.json` is gone; the newest whole copy lacks what was changed on 2026-11-28 and later$/,
		},
		commands: [/^pharmer restore-vault \S+vault\.json\.2026-11-28$/],
	},
	{
		title: 'a vault that is gone without one',
		spoil: ({vault}) => rmSync(vault),
		says: {vault: /^the one at `.*vault\.json` is gone$/},
		advice: /^put it back, or a backup: `pharmer restore-vault FILE`; `pharmer` makes a new one$/,
		byHand: ({vault, files}) => writeFileSync(vault, files.vault, {mode: 0o600}),
	},
	{
		title: 'a damaged vault without one',
		spoil: ({vault, files}) => writeFileSync(vault, files.vault.subarray(0, 700)),
		says: {vault: /^the vault `.*` is damaged or tampered with: it is incomplete$/},
		advice: /^put a copy in its place/,
		byHand: ({vault, files}) => writeFileSync(vault, files.vault),
	},
	{
		title: 'an older copy that was put back',
		spoil: ({vault}) =>
			writeFileSync(
				`${vault}.seen`,
				readFileSync(`${vault}.seen`, 'utf8').replace(/"generation":\d+/, '"generation":99'),
			),
		says: {newest: /^the vault `.*` is older than it was: this is state \d, and it was already at 99$/},
		advice: /`--accept-rollback` takes it as it is/,
		byHand: async ({shell}) => assert.equal((await shell('pharmer get credentials --accept-rollback')).code, 0),
	},
	{
		title: 'a memory of the newest state that is a directory',
		spoil({vault}) {
			unlinkSync(`${vault}.seen`);
			mkdirSync(`${vault}.seen`);
		},
		says: {newest: /^can't read `.*\.seen`: it is a directory$/},
		advice: /if the vault is the newest one, remove it/,
		byHand: ({vault}) => rmSync(`${vault}.seen`, {recursive: true}),
	},
	{
		title: "a memory of the newest state that is root's",
		skip: notRoot,
		user,
		spoil(home) {
			giveAway(home);
			chownSync(`${home.vault}.seen`, 0, 0);
		},
		says: {newest: /^can't read `.*\.seen`: permission denied$/, files: /^`.*\.seen` belongs to user 0, not to you$/},
		commands: [/^sudo chown -h 65534 \S+\.seen$/],
	},
	{
		title: "a vault that is root's in a directory of a user",
		skip: notRoot,
		user,
		spoil(home) {
			giveAway(home);
			chownSync(home.vault, 0, 0);
		},
		says: {
			vault: /^can't read the vault `.*`: permission denied$/,
			files: /^`.*vault\.json` belongs to user 0, not to you$/,
		},
		commands: [/^sudo chown -h 65534 \S+vault\.json$/],
	},
	{
		title: "a user's vault as root sees it, with a file of root's beside it",
		skip: notRoot,
		spoil(home) {
			spawnSync('chown', ['-R', `${user}:${user}`, home.folder]);
			chownSync(home.vault, 0, 0);
		},
		says: {
			files: /^`.*vault\.json` belongs to user 0, not to user 65534$/,
			directories: /^`.*pharmer` belongs to user 65534, who can write in it$/,
			socket: /is not used: `.*` belongs to user 65534$/,
		},
		byHand({folder}) {
			spawnSync('chown', ['-R', '0:0', folder]);
		},
		commands: [/^chown -h 65534 \S+vault\.json$/],
		advice: /^move the vault to a directory of yours$/,
	},
	{
		title: "another user's directory in the place of the socket",
		skip: notRoot,
		spoil({folder}) {
			mkdirSync(join(folder, 'run'), {mode: 0o700});
			chownSync(join(folder, 'run'), user, user);
		},
		says: {socket: /^`.*run` belongs to user 65534, so it is not used$/},
		commands: [/^rm -r \S+run$/],
	},
	{
		title: 'a directory of the socket that others can enter',
		skip: onPosix,
		spoil: ({folder}) => mkdirSync(join(folder, 'run'), {mode: 0o755}),
		says: {socket: /^others can get into `.*run`, mode 0755, so it is not used$/},
		commands: [/^chmod 700 \S+run$/],
	},
	{
		title: 'a runtime directory that is not there',
		skip: onPosix,
		spoil({environment, home}) {
			environment.XDG_RUNTIME_DIR = join(home, 'nowhere');
		},
		says: {socket: /^`.*nowhere` is not there: the agent has its socket elsewhere$/},
		commands: [/^unset XDG_RUNTIME_DIR$/],
	},
	{
		title: 'settings that are no JSON',
		spoil: ({folder}) => writeFileSync(join(folder, 'settings.json'), '{"theme": ', {mode: 0o600}),
		says: {
			settings:
				/^the defaults apply: `.*settings\.json`, line 1, column 11: the text ends here, before it is complete$/,
		},
		commands: [/^mv \S+settings\.json \S+settings\.json\.damaged$/],
	},
	{
		title: 'a setting that is not among the choices',
		spoil: ({folder}) => writeFileSync(join(folder, 'settings.json'), '{"theme": "pink"}', {mode: 0o600}),
		says: {
			settings:
				/^the defaults apply: `.*settings\.json`, line 1, column 11: `theme` is `terminal`, `light`, `dark` or `high-contrast`$/,
		},
		advice: /^mend it there/,
		byHand: ({folder}) => writeFileSync(join(folder, 'settings.json'), '{"theme": "dark"}', {mode: 0o600}),
	},
	{
		title: 'keys in a file of the aws command that others can read',
		skip: onPosix,
		spoil({home}) {
			mkdirSync(join(home, '.aws'));
			writeFileSync(join(home, '.aws', 'credentials'), awsFile, {mode: 0o644});
			chmodSync(join(home, '.aws', 'credentials'), 0o644);
		},
		says: {plaintext: /^`.*\.aws\/credentials` \(AWS CLI and SDKs\) has 1 credential, and others can read it$/},
		advice: /^`chmod go-rwx .*\.aws\/credentials` closes it; `pharmer import --from aws` keeps them/,
		async byHand({shell, home}) {
			assert.equal((await shell('pharmer import --from aws --all')).code, 0);
			rmSync(join(home, '.aws', 'credentials'));
		},
	},
	{
		title: 'a profile of AWS that starts a program that has gone',
		async spoil({vault, home}) {
			await putVault(vault, typedAws('work'));
			mkdirSync(join(home, '.aws'));
			const line = `credential_process = ${process.execPath} ${home}/old/pharmer aws credential-process work`;
			writeFileSync(join(home, '.aws', 'config'), `[profile work]\n${line}\n`);
		},
		says: {
			'aws-setup': /^the profile `work` \(line 2 of `.*config`\) starts `.*old\/pharmer`, which is not there$/,
			'key-cost': /./,
			'ways-in': /./,
		},
		commands: [/^pharmer rekey$/, /^pharmer aws setup work --profile work$/],
		// Its ways in are of another test.
		byHand: async ({shell}) => assert.equal((await shell('pharmer slots add recovery --to page')).code, 0),
	},
	{
		title: 'a locale without UTF-8',
		skip: onPosix,
		spoil({environment}) {
			environment.LANG = 'C';
		},
		says: {locale: /^`C` is not UTF-8: the app draws in ASCII$/},
		commands: [/^export LANG=\S+UTF-8$/],
	},
	{
		title: 'a desktop without a tool for its clipboard',
		skip: onlyLinux,
		spoil({environment, programs}) {
			environment.DISPLAY = ':7';
			for (const tool of ['chmod', 'mv', 'rm']) symlinkSync(`/bin/${tool}`, join(programs, tool));
			environment.PATH = programs;
		},
		says: {clipboard: /^none of `xclip`, `xsel` is there$/},
		advice: /^install xclip or xsel$/,
		byHand: ({programs}) => writeFileSync(join(programs, 'xsel'), '#!/bin/sh\n', {mode: 0o755}),
	},
];

async function assertMended(broken: Broken, home: Home): Promise<void> {
	const {says, commands = [], advice, byHand, user: as} = broken;
	const before = snapshot(home.home);
	const found = await home.look('', as);
	assert.deepEqual(snapshot(home.home), before, 'the doctor changed something');
	assert.equal(found.stderr, '');
	assert.deepEqual(
		[...new Set(found.cares.map(({id}) => id))].sort(),
		Object.keys(says).sort(),
		JSON.stringify(found.cares),
	);
	assert.equal(found.code, found.cares.length === 0 ? 0 : 14);
	for (const {id, text, fix} of found.cares) {
		assert.match(text, says[id] ?? /^$/);
		assert.ok(fix);
	}
	const given = [...new Set(found.cares.flatMap(({fix = '', fixIs}) => (fixIs === 'command' ? [fix] : [])))];
	for (const pattern of commands)
		assert.ok(
			given.some(each => pattern.test(each)),
			`${pattern} among ${given}`,
		);
	if (advice !== undefined) assert.ok(found.cares.some(({fix = '', fixIs}) => fixIs === 'advice' && advice.test(fix)));
	// What sets a variable lasts as long as its shell.
	const lasting = given.filter(command => !/^(export|unset) /.test(command));
	// Whoever runs it by `sudo` is root; the recovery key is of another test.
	for (const each of lasting.filter(command => !command.startsWith('pharmer slots')))
		assert.equal((await home.shell(each, each.startsWith('sudo ') ? 0 : as)).code, 0, each);
	await byHand?.(home);
	const after = await home.look(given.filter(command => !lasting.includes(command)).join('; '), as);
	assert.deepEqual([after.code, after.cares], [0, []], after.stderr);
}

for (const broken of setUps) {
	test(`the doctor names ${broken.title}, and what it says mends it`, {skip: broken.skip ?? false}, async context => {
		const home = await doctorHome(context);
		assert.deepEqual((await home.look()).cares, []);
		await broken.spoil(home);
		await assertMended(broken, home);
	});
}
