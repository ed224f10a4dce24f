import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import type {Slot} from '../vault/keys/opener.js';
import {shortSlotId, slotKind, slotOf, slotText} from '../vault/slot-names.js';
import {agrees} from './agree.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {parseDescriptor, parsePath, switchFlag, valueFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {noVault, unlockVault, vaultPlace} from './open-vault.js';
import {askNewPassphrase, givenNewPassphrase, newPassphrase, passphraseNeeded} from './passphrase-source.js';
import {tell, usage} from './talk.js';
import type {Column} from './text-table.js';

const addable = ['passphrase', 'recovery', 'keyring'] as const;

type Action =
	| {readonly task: 'list'}
	| {readonly task: 'add'; readonly kind: (typeof addable)[number]}
	| {readonly task: 'remove'; readonly id: string};

type SlotsOptions = GlobalOptions & {
	readonly action: Action;
	readonly newPassphraseFd: number | undefined;
	/** `--to`: the file to write a recovery key to. */
	readonly to: string | undefined;
	/** Remove without asking. */
	readonly yes: boolean;
};

const newDescriptor = valueFlag(
	'--new-passphrase-fd <number>',
	'read the passphrase to add from this open file descriptor',
	parseDescriptor('--new-passphrase-fd'),
);
const toFlag = valueFlag('--to <path>', 'write the recovery key to this new file', parsePath('--to'));
const yesFlag = switchFlag('-y, --yes', 'remove without asking');

/** Reads the words after `slots`. Throws `usage`. */
function parseAction([task, what, ...rest]: readonly string[]): Action {
	if (task === undefined) return {task: 'list'};
	const hint = 'it is `slots`, `slots add passphrase`, `slots add recovery`, `slots add keyring` or `slots remove ID`';
	if (rest.length > 0 || (task !== 'add' && task !== 'remove')) throw usage(`\`slots ${task}\` is not known`, hint);
	if (what === undefined) throw usage(`\`slots ${task}\` needs to know what`, hint);
	if (task === 'remove') return {task, id: what};
	const kind = addable.find(each => each === what);
	if (kind === undefined) throw usage(`\`${what}\` is no way in that can be added`, hint);
	return {task, kind};
}

export const slots = command<SlotsOptions>({
	verb: 'slots',
	summary: 'list, add and remove ways into the vault',
	usage: 'slots [add KIND] [remove ID] [flags]',
	description: 'Lists the ways into the vault, adds one, or removes one. Each opens all of it.',
	examples: [
		['pharmer slots', 'the ways in, with their ids'],
		['pharmer slots add recovery', 'twelve words for the day when the passphrase is forgotten'],
		['pharmer slots add recovery --to recovery.txt', 'a page to print'],
		['pharmer slots add passphrase', 'another one, for somebody else'],
		['pharmer slots add keyring', "no passphrase is asked where this machine's keyring is unlocked"],
		['pharmer slots remove 1b4e28ba', 'by the beginning of its id'],
	],
	more: [
		'What was removed still opens older copies of the file; `pharmer rekey` closes what is written from then on.',
		'The keyring is used where somebody is at a terminal; a setting of the app lets other commands use it too.',
	],
	operand: {
		name: 'ACTION',
		least: 0,
		most: 3,
		help: '`add passphrase`, `add recovery`, `add keyring` or `remove ID`; the list when left out',
		offers: [['add', 'remove'], {after: {add: addable}}, 'nothing'],
	},
	flags: [newDescriptor, toFlag, yesFlag],
	otherWords: ['slot', 'keys', 'recovery', 'keyslots'],
	read(given) {
		const action = parseAction(given.operands);
		const newPassphraseFd = given.value(newDescriptor);
		const to = given.value(toFlag);
		const yes = given.has(yesFlag);
		const isAdding = (kind: string) => action.task === 'add' && action.kind === kind;
		if (newPassphraseFd !== undefined && !isAdding('passphrase'))
			throw usage('`--new-passphrase-fd` is for `slots add passphrase`');
		if (newPassphraseFd !== undefined && newPassphraseFd === given.globals.passphraseFd)
			throw usage("`--passphrase-fd` and `--new-passphrase-fd` can't be the same");
		if (to !== undefined && !isAdding('recovery')) throw usage('`--to` is for `slots add recovery`');
		if (yes && action.task !== 'remove') throw usage('`--yes` is for `slots remove`');
		return {...given.globals, action, newPassphraseFd, to, yes};
	},
	run: runSlots,
});

function runSlots(options: SlotsOptions, context: Context): Promise<void> {
	const {action} = options;
	if (action.task === 'list') return list(options, context);
	if (action.task === 'remove') return remove(action.id, options, context);
	return adding[action.kind](options, context);
}

const adding = {passphrase: addPassphrase, recovery: addRecovery, keyring: addKeyring} as const;

const columns: readonly Column<Slot>[] = [
	{title: 'ID', cell: shortSlotId, rank: 0},
	{title: 'OPENS WITH', cell: slotKind, rank: 1},
];

/** Needs no passphrase: what a vault's file says of its slots is not secret. */
async function list(options: SlotsOptions, context: Context): Promise<void> {
	const place = await vaultPlace(options, context);
	if (!place.exists()) throw noVault(place, options);
	const all = await place.slots({acceptRollback: options.acceptRollback});
	const [{tableText}, {pageOf}] = await Promise.all([import('./text-table.js'), import('./page.js')]);
	context.stdout.write(tableText(columns, all, pageOf(options, context)));
}

async function addPassphrase(options: SlotsOptions, context: Context): Promise<void> {
	const inputTaken = options.passphraseFd === 0 || options.newPassphraseFd === 0;
	const {vault} = await unlockVault(options, context, inputTaken);
	const given = await givenNewPassphrase(newPassphrase, options.newPassphraseFd, context);
	const prompt = given === undefined ? context.prompt(inputTaken) : undefined;
	const passphrase = given ?? (prompt && (await askNewPassphrase(prompt, context, false)));
	if (passphrase === undefined) throw passphraseNeeded(newPassphrase, 'a new passphrase');
	if (await opens(passphrase, options, context))
		throw usage('that passphrase opens the vault already', 'choose another one');
	const {passphraseSlot} = await import('../vault/keys/passphrase.js');
	const id = await vault.addSlot(passphraseSlot(passphrase));
	tell(context, `added ${slotText({id, kind: 'passphrase'})}: it opens \`${vault.path}\` too`);
}

/** Whether a text opens the vault. */
async function opens(text: Secret, options: SlotsOptions, context: Context): Promise<boolean> {
	const place = await vaultPlace(options, context);
	try {
		const vault = await place.unlock(text, {acceptRollback: options.acceptRollback});
		await vault.close();
		return true;
	} catch (error) {
		if (error instanceof PharmerError && error.code === 'wrong-passphrase') return false;
		throw error;
	}
}

async function addRecovery(options: SlotsOptions, context: Context): Promise<void> {
	const inputTaken = options.passphraseFd === 0;
	const prompt = context.prompt(inputTaken);
	const {to} = options;
	if (to === undefined && prompt === undefined)
		throw usage('there is no terminal to show the recovery key on', '`--to FILE` writes it to a file to be printed');
	const {vault} = await unlockVault(options, context, inputTaken);
	const how = to === undefined ? prompt && {prompt} : {to};
	if (how === undefined) return;
	const {addRecoveryKey} = await import('./recovery-key.js');
	const id = await addRecoveryKey(vault, how, context);
	tell(context, `added ${slotText({id, kind: 'recovery'})}: its words open \`${vault.path}\` too`);
}

async function addKeyring(options: SlotsOptions, context: Context): Promise<void> {
	const inputTaken = options.passphraseFd === 0;
	const {addKeyringSlot, mayUseKeyring, notAllowed} = await import('./keyring-slot.js');
	if (!(await mayUseKeyring(context.prompt(inputTaken), context))) throw usage(`${notAllowed}: nothing was added`);
	const {vault} = await unlockVault(options, context, inputTaken);
	const id = await addKeyringSlot(vault, context);
	tell(context, `added ${slotText({id, kind: 'keyring'})}: this one's keyring opens \`${vault.path}\` too`);
}

async function remove(text: string, options: SlotsOptions, context: Context): Promise<void> {
	const inputTaken = options.passphraseFd === 0;
	const prompt = context.prompt(inputTaken);
	if (!options.yes && prompt === undefined)
		throw usage('there is no terminal to ask whether to remove it', 'add --yes to remove it without being asked');
	const place = await vaultPlace(options, context);
	if (!place.exists()) throw noVault(place, options);
	const slot = slotOf(await place.slots({acceptRollback: options.acceptRollback}), text);
	const {vault} = await unlockVault(options, context, inputTaken);
	const own = slot.id === vault.ownSlot ? ', which has just opened the vault' : '';
	if (
		!options.yes &&
		prompt !== undefined &&
		!(await agrees(prompt, `Remove ${slotText(slot)}${own}? [y/N] `, 'fresh'))
	)
		throw new PharmerError('cancelled', 'nothing was removed');
	await vault.removeSlot(slot.id);
	tell(context, `removed ${slotText(slot)}; \`pharmer rekey\` makes what it opened once useless for what comes`);
	if (slot.kind !== 'keyring') return;
	const {forgetEntry} = await import('./keyring-slot.js');
	await forgetEntry(vault.id, slot, prompt, context);
}
