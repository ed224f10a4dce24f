import type {Event} from '../../source/app/core/event.js';
import {dataDigest} from '../../source/credentials/data-digest.js';
import {type ErrorCode, PharmerError} from '../../source/domain/errors.js';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import type {TeamState} from '../../source/domain/team.js';
import {demoContent, demoUses} from '../../source/vault/demo-content.js';
import {withDemoVerdicts} from '../../source/vault/demo-verdicts.js';
import {withJournal} from '../../source/vault/journals.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {addCredential, replaceCredential} from '../../source/vault/operations.js';
import type {Content, VaultPlace} from '../../source/vault/vault.js';
import {awsContent} from './credentials.js';
import {fakeClosing} from './fake-closing.js';
import {inventedConflict, inventedExposed, inventedTeam, synced} from './invented-team.js';
import {issueOf, rotationOf} from './journals.js';
import {openingTime, openTerminal, type TerminalOptions, type TestTerminal} from './terminal.js';

/** One state of one view: how to come to it from the start of the app. */
export type Scene = {
	readonly id: string;
	/** A sentence for who can't see the picture. */
	readonly title: string;
	/** The window it is drawn in when nobody asks for another; 80×24 without. */
	readonly columns?: number;
	readonly rows?: number;
	/** Drawn into docs/screens. */
	readonly screen?: true;
	/** The vault it plays on; without, the invented one. */
	readonly place?: () => VaultPlace;
	readonly options?: Partial<TerminalOptions>;
	play(terminal: TestTerminal, place: VaultPlace): Promise<void>;
};

const passphrase = 'correct horse battery staple';
const secondPassphrase = 'staple battery horse correct';
const path = '/home/me/.config/pharmer/vault.json';
/**
 * Of AWS's shape, and as AWS's own examples end, so that no scanner takes what stands in docs/screens for a real key.
 */
const keyId = 'AKIAPRODEU23AEXAMPLE';
const secretKey = 'EXAMPLE/prodEU/NotARealSecretAccessKey00';
const wide = {columns: 120, rows: 30} as const;

const at = (place: VaultPlace): VaultPlace => ({...place, path});
const opening = new Date(openingTime);
const demo = (): VaultPlace =>
	at(memoryVaultPlace(withDemoVerdicts(demoContent(opening), opening, dataDigest), passphrase, demoUses(opening)));
const empty = (): VaultPlace => at(memoryVaultPlace({credentials: [], trash: []}, passphrase));
const none = (): VaultPlace => at(memoryVaultPlace());

/** A vault that no passphrase opens. */
function shut(error: PharmerError): () => VaultPlace {
	const fail = (): never => {
		throw error;
	};
	return () => ({...demo(), unlock: async () => fail(), inspect: fail});
}

/** Keys from the start of the app. */
const keys =
	(...pressed: readonly string[]): Scene['play'] =>
	terminal =>
		terminal.play(...pressed);

/** Keys in the unlocked vault. */
const unlocked = (...pressed: readonly string[]): Scene['play'] => keys(passphrase, 'enter', ...pressed);

/** A team with something of everything to say. */
const busyTeam: Partial<TeamState> = {
	conflicts: [
		{
			...inventedConflict('prod', {note: ['', 'of the new account', 'of the old account']}),
			by: {name: 'ben', at: '2026-11-24T10:58:00Z'},
		},
	],
	exposed: inventedExposed(['backups', 'dev']),
	pending: 3,
	skipped: [{seq: 40, why: 'its author is a reader'}],
};

/** Keys in a vault that is shared. */
const shared =
	(team: Partial<TeamState>, ...pressed: readonly string[]): Scene['play'] =>
	async (terminal, place) => {
		await unlocked()(terminal, place);
		terminal.store.dispatch(synced(team));
		await terminal.play(...pressed);
	};

/** Keys once the card of a newcomer is read. */
const invited =
	(...pressed: readonly string[]): Scene['play'] =>
	async (terminal, place) => {
		await shared({}, 'M', 'a')(terminal, place);
		const card = {text: 'pharmer1.cloe', name: 'cloe', words: 'soccer someone hello endless blast cube'};
		terminal.store.dispatch({type: 'card-read', card});
		await terminal.play(...pressed);
	};

/** Reading the open vault again has failed. */
const unreadEvent = (code: ErrorCode): Event => ({
	type: 'failed',
	during: 'reload',
	failure: {code, message: 'it is not what it was'},
});

const unread =
	(code: ErrorCode): Scene['play'] =>
	async (terminal, place) => {
		await unlocked()(terminal, place);
		terminal.store.dispatch(unreadEvent(code));
		await terminal.settle();
	};

/** The invented vault after the key of one was replaced, half an hour ago. */
function rotated(): VaultPlace {
	const content = demoContent(opening);
	const {id = ''} = content.credentials.find(({name}) => name === 'prod') ?? {};
	const journal = rotationOf(id, {
		began: '2026-11-24T11:29:40Z',
		at: '2026-11-24T11:30:00Z',
		step: 'off',
		oldId: 'AKIAPRODOLD2AEXAMPLE',
		freshId: 'AKIAIOSFODNN7EXAMPLE',
		until: '2026-11-25T11:30:00Z',
	});
	return at(memoryVaultPlace(withJournal(content, journal), passphrase, demoUses(opening)));
}

/** The invented vault after a user and its key were begun, and stopped at the key. */
function issuing(name = 'relay'): VaultPlace {
	const content = demoContent(opening);
	const {id = ''} = content.credentials.find(({name}) => name === 'prod') ?? {};
	const arn = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
	const policies = ['AmazonEC2FullAccess', 'AmazonRoute53FullAccess', 'IAMFullAccess', 'AmazonVPCFullAccess'].map(arn);
	const steps = ['group', ...policies, 'user', 'membership'];
	const journal = issueOf('5ca1ab1e-0000-4000-8000-000000000000', {
		name,
		admin: id,
		policies,
		made: new Map(steps.map(step => [step, step])),
		fresh: new Map(),
	});
	return at(memoryVaultPlace(withJournal(content, journal), passphrase, demoUses(opening)));
}

/** The list with the selection on that credential: found by its name, the filter gone. */
const on = (name: string, ...pressed: readonly string[]): Scene['play'] =>
	unlocked('/', name, 'enter', 'esc', ...pressed);

/** The pane turned by those keys, once the selection has rested. */
const rested =
	(...pressed: readonly string[]): Scene['play'] =>
	async (terminal, place) => {
		await on('prod', ...pressed)(terminal, place);
		await terminal.pass(1000);
		await terminal.play();
	};

/** The wizard with a key typed up to the review. */
const typed = ['n', 'enter', 'prod-eu', 'enter', 'enter', keyId, 'enter', secretKey, 'enter', 'eu-west-1', 'enter'];

/** Something another program does to the vault meanwhile. */
async function meanwhile(place: VaultPlace, change: (content: Content) => Content): Promise<void> {
	const other = await place.unlock(new Secret(passphrase));
	await other.change(content => ({content: change(content), result: undefined}));
}

/** A network on which nobody answers. */
const silent = async () => ({
	network: {
		askFor: () => () => new Promise<never>(() => {}),
		askStorage: () => () => new Promise<never>(() => {}),
		knows: async () => true,
		close: () => {},
	},
	wait: async () => {},
});

/** A backup of the invented vault, in which some credentials are other ones and one is new. */
const merging = {start: {kind: 'merge', file: '/media/stick/vault.json'}, other: backupOfDemo()} as const;

function backupOfDemo(): Content {
	const {credentials} = demoContent(new Date(openingTime));
	const older = credentials.map(each => {
		if (each.name !== 'prod') return ['registry', 'tokyo'].includes(each.name) ? {...each, note: 'older'} : each;
		const data = awsContent('prod', {accessKeyID: keyId, secretAccessKey: secretKey, region: 'us-west-2'}).data;
		return {...each, data, labels: new Map([['env', 'prod']]), changed: '2026-10-01T00:00:00Z'};
	});
	const fresh = older[0] && {
		...older[0],
		id: '99999999-0000-4000-8000-000000000000',
		name: parseName('from-the-stick'),
	};
	return {credentials: fresh === undefined ? older : [...older, fresh], trash: []};
}

const profiles = [
	['default', 'AKIADEFAULT22EXAMPLE'],
	['staging', 'AKIASTAGING3BEXAMPLE'],
	['prod', keyId],
]
	.map(([label, id]) => `[${label}]\naws_access_key_id = ${id}\naws_secret_access_key = ${secretKey}\n`)
	.join('');

/** What the tools of a machine keep, and its environment. */
const machine = {
	'/home/me/.aws/credentials': [
		`[default]\naws_access_key_id = AKIADEFAULT22EXAMPLE\naws_secret_access_key = ${secretKey.replace('prodEU', 'defEU7')}\n\n[staging]\naws_access_key_id = AKIASTAGING3BEXAMPLE\naws_secret_access_key = ${secretKey.replace('prodEU', 'stagEU')}\n`,
		0o644,
	],
	'/home/me/.aws/config': '[profile sso]\nsso_session = work\nsso_account_id = 111122223333\n',
} as const;
const machineEnvironment = {AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey};

/**
 * Every view in every state that looks different. A new one is an entry: an id, a title and the keys that lead to it.
 */
export const scenes: readonly Scene[] = [
	{id: 'first-run', title: 'The first start: a passphrase is made', screen: true, place: none, play: keys()},
	{
		id: 'first-run-strength',
		title: 'The first start: how strong what is typed is',
		place: none,
		play: keys('correct horse'),
	},
	{
		id: 'first-run-mismatch',
		title: 'The first start: the two are not the same',
		place: none,
		play: keys(passphrase, 'enter', 'correct house', 'enter'),
	},
	{
		id: 'first-run-weak',
		title: 'The first start: a weak passphrase is asked about',
		place: none,
		play: keys('horse', 'enter'),
	},
	{id: 'unlock', title: 'A locked vault', play: keys()},
	{
		id: 'unlock-exposed',
		title: 'A locked vault in a directory that others can write in',
		place: () => ({
			...demo(),
			exposures: () => [{path: '/home/me', what: 'directory', others: 'write in', remedy: 'chmod go-w'}],
		}),
		play: keys(),
	},
	{id: 'unlock-shown', title: 'A locked vault, the passphrase shown', play: keys('ctrl+r', 'correct horse')},
	{id: 'unlock-wrong', title: 'A wrong passphrase', play: keys('wrong', 'enter')},
	{
		id: 'unlock-busy',
		title: 'The key is derived',
		place: () => ({...demo(), unlock: () => new Promise(() => {})}),
		play: keys(passphrase, 'enter'),
	},
	{
		id: 'blocked-damaged',
		title: 'A damaged vault',
		place: shut(
			new PharmerError(
				'damaged',
				`the vault \`${path}\` is damaged or tampered with: its checksum does not match`,
				'restore it from a copy; the file was left as it is',
			),
		),
		play: keys(passphrase, 'enter'),
	},
	{
		id: 'blocked-older',
		title: 'An older copy of the vault',
		place: shut(new PharmerError('rolled-back', `the vault \`${path}\` is older than the one last seen here`)),
		play: keys(passphrase, 'enter'),
	},

	{id: 'list-empty', title: 'A vault without credentials', place: empty, play: unlocked()},
	{id: 'list', title: 'The credentials and the selected one beside them', ...wide, screen: true, play: on('prod')},
	{id: 'list-filter', title: 'Finding a credential', ...wide, screen: true, play: unlocked('/', 'prod')},
	{id: 'list-filtered', title: 'What was found', play: unlocked('/', 'tag:platform', 'enter')},
	{
		id: 'vaults',
		title: 'The list of vaults over the list of credentials',
		screen: true,
		options: {
			vaultName: 'default',
			others: {
				work: {...memoryVaultPlace({credentials: [], trash: []}, secondPassphrase), path: '/home/me/work/vault.json'},
				team: {...memoryVaultPlace(), path: '/home/me/.config/pharmer/vaults/team.json'},
			},
		},
		play: unlocked('@'),
	},
	{id: 'columns', title: 'Which columns the list has', play: unlocked('c', 'j')},
	{id: 'list-no-match', title: 'Nothing is found', play: unlocked('/', 'stagnig')},
	{
		id: 'list-by-expiry',
		title: 'A small window, the credentials by expiry',
		columns: 60,
		rows: 18,
		screen: true,
		play: unlocked('s', 's', 's'),
	},
	{id: 'detail', title: 'A credential', play: on('prod', 'enter')},
	{
		id: 'detail-revealed',
		title: 'A credential with its secrets shown for 15 seconds',
		screen: true,
		play: on('prod', 'enter', 'r'),
	},
	{id: 'detail-expired', title: 'An expired credential', play: on('backups', 'enter')},
	{id: 'detail-wide-characters', title: 'A note in Japanese', play: on('tokyo', 'enter')},
	{id: 'detail-many-lines', title: 'A secret of several lines, shown', ...wide, play: on('tokyo', 'enter', 'r')},
	{id: 'pane-use', title: 'The pane turned to command lines', ...wide, play: on('prod', ']')},
	{id: 'pane-yaml', title: 'The pane turned to YAML', ...wide, play: rested(']', ']')},
	{id: 'pane-versions', title: 'The pane turned to the versions', ...wide, screen: true, play: rested(']', ']', ']')},
	{id: 'detail-odd', title: 'A credential with an odd key', play: on('legacy', 'enter')},

	{id: 'wizard-provider', title: 'New credential: the provider', play: unlocked('n')},
	{id: 'wizard-provider-search', title: 'New credential: a provider is found', play: unlocked('n', 'gen')},
	{id: 'wizard-provider-no-match', title: 'New credential: no such provider', play: unlocked('n', 'azurr')},
	{id: 'wizard-name', title: 'New credential: its name', screen: true, play: unlocked('n', 'enter', 'prod-eu')},
	{id: 'wizard-name-taken', title: 'New credential: the name is taken', play: unlocked('n', 'enter', 'PROD', 'enter')},
	{id: 'wizard-source', title: 'New credential: where the fields come from', play: unlocked(...typed.slice(0, 4))},
	{
		id: 'wizard-environment',
		title: 'New credential: the environment has the fields',
		options: {environment: {AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_KEY: secretKey}},
		play: unlocked(...typed.slice(0, 4), 'down'),
	},
	{
		id: 'wizard-environment-review',
		title: 'New credential: the answers, each with its variable',
		options: {environment: {AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_KEY: secretKey}},
		play: unlocked(...typed.slice(0, 4), 'down', 'enter'),
	},
	{
		id: 'wizard-environment-none',
		title: 'New credential: no variable is set',
		play: unlocked(...typed.slice(0, 4), 'down', 'enter'),
	},
	{
		id: 'wizard-file',
		title: 'New credential: the path of a file',
		play: unlocked(...typed.slice(0, 4), 'down', 'down', 'enter', '~/.aws/credentials'),
	},
	{
		id: 'wizard-profile',
		title: 'New credential: the file holds several',
		options: {machine: {'/credentials': profiles}},
		play: unlocked(...typed.slice(0, 4), 'down', 'down', 'enter', '/credentials', 'enter', 'down'),
	},
	{id: 'wizard-field', title: 'New credential: the key id', play: unlocked(...typed.slice(0, 6))},
	{
		id: 'wizard-secret',
		title: 'New credential: the secret, hidden as it is typed',
		screen: true,
		play: unlocked(...typed.slice(0, 8)),
	},
	{
		id: 'wizard-field-problem',
		title: 'New credential: an odd key id',
		play: unlocked(...typed.slice(0, 5), 'AKIASHORT', 'enter'),
	},
	{
		id: 'wizard-key',
		title: 'New credential: the name of a field',
		play: unlocked('n', 'generic', 'enter', 'relay', 'enter', 'enter', 'token'),
	},
	{id: 'wizard-review', title: 'New credential: the answers', screen: true, play: unlocked(...typed)},
	{id: 'wizard-review-note', title: 'New credential: its note', play: unlocked(...typed, 'tab', 'tab', 'ask ops')},
	{id: 'wizard-review-shown', title: 'New credential: the answers, shown', play: unlocked(...typed, 'ctrl+r')},
	{id: 'wizard-done', title: 'New credential: it is in the vault', play: unlocked(...typed, 'enter')},
	{id: 'wizard-discard', title: 'New credential: leaving what was typed', play: unlocked(...typed, 'ctrl+c')},
	{id: 'guide', title: 'How to get a key from AWS', ...wide, screen: true, play: unlocked('n', 'ctrl+g')},
	{id: 'rotation', title: 'How to rotate a key of AWS', play: unlocked('enter', 'ctrl+g', 'ctrl+g')},
	{id: 'rotate', title: 'What would be done to replace a key', play: on('prod', 'ctrl+g')},
	{id: 'rotate-signer', title: 'Another credential is chosen to sign', play: on('prod', 'ctrl+g', 'w')},
	{
		id: 'rotate-kept',
		title: 'The steps of a rotation: the new key works, the old one is switched off and kept for a day',
		screen: true,
		place: rotated,
		play: on('prod', 'ctrl+g'),
	},
	{id: 'rotate-now', title: 'The old key is deleted before its time', place: rotated, play: on('prod', 'ctrl+g', 'x')},
	{id: 'rotate-back', title: 'A new key is taken back', place: rotated, play: on('prod', 'ctrl+g', 'u')},
	{
		id: 'issue-begin',
		title: 'What would be made for a new credential',
		play: unlocked('n', 'aws', 'enter', 'relay', 'enter', 'down', 'down', 'down', 'down', 'enter', 'enter'),
	},
	{
		id: 'issue-signer',
		title: 'A credential is chosen to sign what is made',
		play: unlocked('n', 'aws', 'enter', 'relay', 'enter', 'down', 'down', 'down', 'down', 'enter'),
	},
	{
		id: 'issue',
		title: 'The steps of a user that is made with its key',
		screen: true,
		place: issuing,
		play: on('prod', 'ctrl+g'),
	},
	{
		id: 'issue-name',
		title: 'What is made gets another name, since somebody took the first',
		place: () => issuing('staging'),
		play: on('prod', 'ctrl+g', 'n'),
	},
	{
		id: 'key-question',
		title: 'A rotation asks what only a person can decide',
		async play(terminal, place) {
			await on('prod')(terminal, place);
			const id = terminal.store.getState().selected ?? '';
			const keys = [{id: keyId, created: '2026-11-24T11:40:00Z', lastUsed: 'never'}] as const;
			const about = {kind: 'orphan', name: 'prod', keys} as const;
			terminal.store.dispatch({type: 'rotation-asks', question: {id, kind: 'key', about}});
			await terminal.settle();
		},
	},
	{id: 'guide-scrolled', title: 'How to get a key from AWS, its end', play: unlocked('n', 'ctrl+g', 'end')},

	{id: 'history', title: 'The versions of a credential', ...wide, screen: true, play: on('prod', 'v', 'j')},
	{id: 'history-shown', title: 'The versions of a credential, their secrets shown', play: on('prod', 'v', 'r')},
	{id: 'history-none', title: 'A credential without versions', play: on('registry', 'v')},
	{id: 'history-purge', title: 'Purging the versions of a credential', play: on('prod', 'v', 'd')},

	{id: 'edit', title: 'A credential is edited', play: on('prod', 'e')},
	{
		id: 'edit-changed',
		title: 'An edited credential with a change that is not saved',
		...wide,
		screen: true,
		play: on('prod', 'e', 'down', 'down', 'down', 'ctrl+u', 'eu-central-1'),
	},
	{
		id: 'edit-problem',
		title: 'An edited credential with an odd key id',
		play: on('prod', 'e', 'ctrl+u', 'AKIASHORT', 'ctrl+s'),
	},
	{id: 'edit-shown', title: 'An edited credential, its secret shown', play: on('prod', 'e', 'down', 'ctrl+r')},
	{id: 'edit-adding', title: 'A field is added', play: on('registry', 'e', 'ctrl+n', 'endpoint')},
	{id: 'edit-many-lines', title: 'A secret of several lines is edited', play: on('tokyo', 'e', 'ctrl+r')},
	{id: 'edit-discard', title: 'Leaving a draft', play: on('prod', 'e', 'x', 'esc')},
	{
		id: 'conflict',
		title: 'Somebody else changed it meanwhile',
		...wide,
		async play(terminal, place) {
			await on('prod', 'e', 'down', 'down', 'down', 'ctrl+u', 'eu-central-1')(terminal, place);
			await meanwhile(place, content => {
				const basis = content.credentials.find(({name}) => name === 'prod');
				if (basis === undefined) return content;
				const theirs = {...awsContent('prod', {accessKeyID: keyId, region: 'us-west-2'}), note: 'moved'};
				return replaceCredential(content, basis, theirs, new Date(openingTime)).content;
			});
			await terminal.press('ctrl+s');
		},
	},
	{
		id: 'merge',
		title: 'A backup is merged that has other content',
		screen: true,
		options: merging,
		rows: 18,
		play: unlocked(),
	},
	{id: 'merge-decided', title: 'All of a merge is decided', options: merging, play: unlocked('M')},
	{id: 'merge-leave', title: 'Leaving a merge', options: merging, play: unlocked('b', 'esc')},
	{
		id: 'gone',
		title: 'Somebody else deleted it meanwhile',
		async play(terminal, place) {
			await on('prod', 'e', 'down', 'down', 'down', 'ctrl+u', 'eu-central-1')(terminal, place);
			await meanwhile(place, content => ({
				...content,
				credentials: content.credentials.filter(({name}) => name !== 'prod'),
			}));
			await terminal.press('ctrl+s');
		},
	},
	{id: 'edit-note', title: 'A note of several lines is edited', play: on('prod', 'e', 'up', 'enter', 'asked ops')},
	{
		id: 'edit-expiry',
		title: 'An expiry in so many days',
		play: on('dns', 'e', ...Array.from({length: 7}, () => 'down'), 'ctrl+u', '+90'),
	},
	{
		id: 'yaml',
		title: 'A credential as YAML, its secrets hidden',
		...wide,
		screen: true,
		play: on('prod', 'e', 'ctrl+y'),
	},
	{id: 'yaml-shown', title: 'A credential as YAML, its secrets shown', play: on('prod', 'e', 'ctrl+y', 'ctrl+r')},
	{
		id: 'yaml-covered',
		title: 'A credential as YAML, covered again',
		play: on('prod', 'e', 'ctrl+y', 'ctrl+r', 'ctrl+r'),
	},
	{
		id: 'yaml-problem',
		title: 'A credential as YAML, with an error at its place',
		play: on('prod', 'e', 'ctrl+y', 'down', 'down', 'end', '{', 'ctrl+s'),
	},
	{id: 'marks', title: 'Several are marked', ...wide, screen: true, play: unlocked(' ', 'j', ' ', ' ')},
	{id: 'label', title: 'Several are labelled', play: unlocked(' ', ' ', 't', 'env=prod')},
	{id: 'label-problem', title: 'What is no label', play: unlocked(' ', ' ', 't', 'prod', 'enter')},
	{id: 'export', title: 'Several are exported', play: unlocked(' ', ' ', 'x', '~/out.yaml')},
	{id: 'export-format', title: 'The name of an export tells another format', play: on('prod', 'x', '~/k.env', 'down')},
	{id: 'rename', title: 'A credential gets another name', play: on('prod', 'R', '-eu')},
	{id: 'copy', title: 'Which field to copy', play: on('prod', 'Y', 'down')},
	{id: 'copied', title: 'A secret is in the clipboard', ...wide, screen: true, play: on('prod', 'y')},
	{
		id: 'wizard-ways',
		title: 'A provider with several ways to sign in',
		play: unlocked('n', 'cloudflare', 'enter', 'dns-zones', 'enter', 'enter'),
	},
	{id: 'use', title: 'How to hand a credential to tools', screen: true, play: on('prod', 'U')},
	{
		id: 'import',
		title: 'The credentials that are on this machine',
		...wide,
		screen: true,
		options: {machine, environment: machineEnvironment},
		play: unlocked('i', 'down'),
	},
	{
		id: 'import-name',
		title: 'A credential of this machine gets another name',
		options: {machine, environment: machineEnvironment},
		play: unlocked('i', 'R', 'ctrl+u', 'prod-eu'),
	},
	{
		id: 'paste-files',
		title: 'A pasted text names a file',
		async play(terminal, place) {
			await unlocked('n')(terminal, place);
			await terminal.paste('GOOGLE_APPLICATION_CREDENTIALS=/home/me/Downloads/prod.json\n');
			await terminal.play();
		},
	},
	{
		id: 'close',
		title: 'A plaintext file is about to be closed',
		options: {machine, closing: fakeClosing(machine).machine},
		play: unlocked('i', 'enter', 'i', 'c'),
	},
	{
		id: 'close-left',
		title: 'A plaintext file that is left as it is',
		options: {machine, closing: fakeClosing(machine).machine},
		play: unlocked('i', 'c'),
	},
	{id: 'import-none', title: 'Nothing is on this machine', place: empty, play: unlocked('i')},
	{id: 'import-path', title: 'A file that is not there', play: unlocked('i', 'o', '/none', 'enter')},
	{id: 'trash', title: 'The trash', screen: true, play: unlocked('T')},
	{id: 'trash-empty', title: 'An empty trash', place: empty, play: unlocked('T')},
	{
		id: 'trash-name',
		title: 'A name that is taken by now',
		async play(terminal, place) {
			await unlocked()(terminal, place);
			await meanwhile(place, content => addCredential(content, awsContent('old-prod'), new Date(openingTime)).content);
			await terminal.press('T', 'enter');
		},
	},
	{id: 'purge', title: 'Out of the trash for good', play: unlocked('T', 'd')},
	{id: 'health', title: 'What needs care', screen: true, play: unlocked('H')},
	{
		id: 'verify',
		title: 'Providers are being asked, and keys are answered',
		options: {reach: silent},
		play: unlocked(' ', ' ', ' ', 'V'),
	},
	{
		id: 'verify-place',
		title: 'A credential names an address of its own',
		options: {reach: silent},
		async play(terminal) {
			await terminal.play(passphrase, 'enter', 'V');
			const {asking} = terminal.store.getState();
			const ids = [...(asking?.ids ?? [])];
			const place = {
				origin: 'https://login.cloud.example.net',
				host: 'login.cloud.example.net',
				from: ['authURL'],
				consents: ids.map(id => ({id, origin: 'https://login.cloud.example.net', sends: 'the password'})),
			};
			terminal.store.dispatch({type: 'verify-planned', ids, places: [place]});
			await terminal.settle();
		},
	},
	{id: 'team', title: 'With whom the vault is shared', screen: true, play: shared(busyTeam, 'M')},
	{id: 'team-alone', title: 'What sharing is, for a vault that is shared with nobody', play: unlocked('M')},
	{
		id: 'team-failed',
		title: 'The storage shows another state than before',
		async play(terminal, place) {
			await shared({}, 'M')(terminal, place);
			const message = 'the storage shows another entry 42 of the shared vault than before';
			const hint = 'nothing was taken from it; compare number and words with the others';
			terminal.store.dispatch({type: 'sync-failed', failure: {code: 'forked', message, hint}, team: inventedTeam});
			await terminal.settle();
		},
	},
	{id: 'invite-card', title: 'A member is added: its card', play: shared({}, 'M', 'a', 'pharmer1.cloe.')},
	{id: 'invite-name', title: 'A member is added: six words are compared', play: invited()},
	{id: 'invite-role', title: 'A member is added: its role is chosen', play: invited('tab', 'right')},
	{id: 'invite-again', title: 'A member is added: the passphrase again', play: invited('enter', 'correct horse')},
	{id: 'invite-yes', title: 'A member is added: the question', play: invited('enter', passphrase, 'enter')},
	{
		id: 'invite-done',
		title: 'A member is added: number and words to say',
		async play(terminal, place) {
			await invited('enter', passphrase, 'enter')(terminal, place);
			const change = {does: 'add', card: '', name: 'cloe', role: 'writer'} as const;
			const changed = {change, place: {seq: 43, words: 'alpha beauty cabin daring eager fabric'}};
			terminal.store.dispatch({type: 'team-changed', ...changed});
			await terminal.settle();
		},
	},
	{id: 'member-remove', title: 'A member is removed: what that means', play: shared({}, 'M', 'j', 'j', 'd', 'correct')},
	{
		id: 'member-remove-yes',
		title: 'A member is removed: the question',
		play: shared({}, 'M', 'j', 'j', 'd', passphrase, 'enter'),
	},
	{id: 'member-role', title: 'A member gets another role', play: shared({}, 'M', 'j', 'j', 'e', 'right')},
	{
		id: 'member-passphrase',
		title: 'A member gets another role: the passphrase again',
		play: shared({}, 'M', 'j', 'j', 'e', 'enter', 'correct'),
	},
	{
		id: 'member-role-yes',
		title: 'A member gets another role: the question',
		play: shared({}, 'M', 'j', 'j', 'e', 'enter', passphrase, 'enter'),
	},
	{id: 'exposed', title: 'What a removed member could read', play: shared(busyTeam, 'M', 'w')},
	{id: 'conflicts', title: 'Both sides of a conflict with the others', screen: true, play: shared(busyTeam, 'M', 'c')},
	{id: 'health-sound', title: 'Nothing needs care', place: empty, play: unlocked('H')},
	{id: 'settings', title: 'The settings', screen: true, play: unlocked(',')},
	{id: 'passphrase', title: 'The passphrase is changed: the current one', play: unlocked(',', 'p', 'correct horse')},
	{
		id: 'passphrase-wrong',
		title: 'The passphrase is changed: not the current one',
		play: unlocked(',', 'p', 'wrong', 'enter'),
	},
	{
		id: 'passphrase-new',
		title: 'The passphrase is changed: the new one',
		play: unlocked(',', 'p', passphrase, 'enter', 'correct horse'),
	},
	{
		id: 'passphrase-weak',
		title: 'The passphrase is changed: a weak one is asked about',
		play: unlocked(',', 'p', passphrase, 'enter', 'mouse', 'enter'),
	},
	{
		id: 'passphrase-drop',
		title: 'The passphrase is changed: another way in is dropped after a question',
		async play(terminal, place) {
			await unlocked()(terminal, place);
			await (await place.unlock(new Secret(passphrase))).addSlot(async (_, __, id) => ({id, kind: 'recovery'}));
			await terminal.press(',', 'p', passphrase, 'enter', secondPassphrase, 'enter', secondPassphrase, 'enter');
		},
	},
	{id: 'locked', title: 'Locked over a draft', play: on('prod', 'e', 'x', 'ctrl+x')},
	{
		id: 'lock-notice',
		title: 'It locks in a moment',
		async play(terminal, place) {
			await unlocked()(terminal, place);
			await terminal.pass(4 * 60_000 + 45_000);
		},
	},
	{id: 'vault-replaced', title: 'Another vault is put in the place of the open one', play: unread('other-vault')},
	{
		id: 'new-key',
		title: 'The vault has got a new key: its passphrase is asked for over a draft',
		async play(terminal, place) {
			await on('prod', 'e', 'down', 'down', 'down', 'eu-west-9')(terminal, place);
			terminal.store.dispatch(unreadEvent('rekeyed'));
			await terminal.play('ctrl+t', 'pass');
		},
	},
	{id: 'delete-many', title: 'Several are deleted', play: unlocked(' ', ' ', 'd')},
	{id: 'delete', title: 'A credential is deleted: y is asked for', screen: true, play: on('prod', 'd')},
	{
		id: 'delete-typed',
		title: 'A credential is deleted: its name is typed',
		options: {settings: {deleteAsks: 'name'}},
		play: on('legacy', 'd', 'legacy-billing'),
	},
	{id: 'palette', title: 'Every key that does something here', ...wide, screen: true, play: on('prod', '?')},
	{id: 'jump', title: 'The jump bar, where somebody was lately first', ...wide, screen: true, play: on('prod', ':')},
	{
		id: 'jump-search',
		title: 'The jump bar finds credentials, fields, labels and commands',
		play: on('prod', ':', 'pro'),
	},
	{id: 'jump-none', title: 'The jump bar finds nothing', play: on('prod', ':', 'zzz')},
	{id: 'palette-search', title: 'A command is found by its name', play: on('prod', '?', 'del')},
	{id: 'palette-wizard', title: 'Every key of the review', play: unlocked(...typed, 'ctrl+p')},

	{id: 'message-done', title: 'What was done is told', play: on('staging', 'd', 'y')},
	{
		id: 'message-note',
		title: 'A paste that nothing takes',
		async play(terminal, place) {
			await unlocked()(terminal, place);
			await terminal.paste('some text');
		},
	},
	{
		id: 'message-error',
		title: 'A paste that does not fit',
		async play(terminal, place) {
			await unlocked('n', 'enter')(terminal, place);
			await terminal.paste('two\nlines');
		},
	},
	{
		id: 'too-small',
		title: 'A window that is too small',
		async play(terminal, place) {
			await unlocked()(terminal, place);
			await terminal.resize(34, 8);
		},
	},
];

/** The app in an emulator of the scene's size or another, played up to the scene. Close it. */
export async function openScene(scene: Scene, options: Partial<TerminalOptions> = {}): Promise<TestTerminal> {
	const place = (scene.place ?? demo)();
	const {columns = 80, rows = 24} = scene;
	const terminal = await openTerminal({columns, rows, ...scene.options, ...options, place});
	await scene.play(terminal, place);
	return terminal;
}
