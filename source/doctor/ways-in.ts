import {listed, plural} from '../domain/words.js';
import {hasRoom, isLasting} from '../vault/format/slots.js';
import {isKeyringSlot, keyringOpener} from '../vault/keys/keyring.js';
import type {Slot} from '../vault/keys/opener.js';
import {defaultCost, isPassphraseSlot, type PassphraseSlot} from '../vault/keys/passphrase.js';
import {isKnownKind, shortSlotId} from '../vault/slot-names.js';
import {type Check, care, type Finding, ok, run, unknown} from './check.js';
import type {Machine} from './machine.js';
import {vaultTrouble} from './vault-file.js';

export const waysIn: readonly Check[] = [
	{id: 'ways-in', title: 'ways in', look: lookAtWays},
	{id: 'key-cost', title: 'key cost', look: lookAtCost},
	{id: 'keyring', title: 'keyring', look: lookAtKeyring},
];

/** None where there is no vault, or one that can't be read: then there is one finding for that. */
async function slotsOf(machine: Machine): Promise<readonly Slot[]> {
	const {place} = machine;
	if (!place.exists() || (await vaultTrouble(machine)) !== undefined) return [];
	return place.slots({acceptRollback: true});
}

const pharmer = ({vaultWords}: Machine, ...words: readonly string[]) => run('pharmer', ...words, ...vaultWords);

async function lookAtWays(machine: Machine): Promise<readonly Finding[]> {
	const slots = await slotsOf(machine);
	if (slots.length === 0) return [];
	const count = (kind: string, noun: string): string => {
		const found = slots.filter(each => each.kind === kind).length;
		return found === 0 ? '' : plural(found, noun);
	};
	const all = [
		count('passphrase', 'passphrase'),
		count('recovery', 'recovery key') || 'no recovery key',
		count('keyring', 'keyring'),
	]
		.filter(text => text !== '')
		.join(', ');
	const strange = slots.filter(each => !isKnownKind(each));
	const lasting = slots.filter(isLasting);
	const isAlone = lasting.length === 1 && hasRoom([...slots, {id: '', kind: 'recovery'}]);
	return [
		isAlone && lasting[0]?.kind === 'passphrase'
			? care(
					`${all}: nobody opens the vault once the passphrase is forgotten`,
					pharmer(machine, 'slots', 'add', 'recovery'),
				)
			: isAlone
				? care(`${all}: nobody opens the vault once it is lost`, pharmer(machine, 'slots', 'add', 'passphrase'))
				: ok(all),
		...(strange.length === 0
			? []
			: [
					unknown(`${plural(strange.length, 'way')} in of a kind that this pharmer does not know: ${kindsOf(strange)}`),
				]),
	];
}

function kindsOf(slots: readonly Slot[]): string {
	return listed([...new Set(slots.map(({kind}) => kind))]);
}

/** What deriving a key takes: scrypt's work grows with each of these. */
function workOf({kdf: {n, r, p}}: PassphraseSlot): number {
	return n * r * p;
}

async function lookAtCost(machine: Machine): Promise<readonly Finding[]> {
	const slots = (await slotsOf(machine)).filter(isPassphraseSlot);
	if (slots.length === 0) return [];
	const today = defaultCost * 8;
	const cheap = slots.filter(each => workOf(each) < today);
	if (cheap.length === 0) return [ok('guessing a passphrase is as hard as for a new vault')];
	const least = Math.min(...cheap.map(workOf));
	const ids = listed(cheap.map(shortSlotId));
	const text = `guessing the passphrase of ${ids} takes 1/${Math.round(today / least)} of the work for a new vault`;
	return [care(text, pharmer(machine, 'rekey'))];
}

async function lookAtKeyring(machine: Machine): Promise<readonly Finding[]> {
	const slots = (await slotsOf(machine)).filter(isKeyringSlot);
	if (slots.length === 0) return [];
	const keyring = await machine.keyring();
	if (typeof keyring === 'string') return [unknown(`not asked: ${keyring}`)];
	const id = await machine.place.id({acceptRollback: true});
	const found = await keyringOpener(keyring.get).open(id, slots);
	found?.key.fill(0);
	if (found !== undefined) return [ok(`that of this machine opens the vault`)];
	const ids = listed(slots.map(shortSlotId));
	const text = `that of this machine has nothing that opens the vault: ${ids} may be another machine's`;
	return [unknown(text, pharmer(machine, 'slots', 'add', 'keyring'))];
}
