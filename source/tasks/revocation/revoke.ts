import {randomBytes} from 'node:crypto';
import {dataDigest} from '../../credentials/data-digest.js';
import {keyTexts} from '../../credentials/key-question.js';
import type {Credential} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import type {Holder, Revocation} from '../../domain/journal.js';
import {timestamp} from '../../domain/time.js';
import {listed} from '../../domain/words.js';
import type {ListedKey} from '../../providers/key-service.js';
import {beginJournal} from '../../vault/journal-changes.js';
import {assertMayGo, assertSignsNothing} from '../../vault/under-way.js';
import type {Content} from '../../vault/vault.js';
import {assertSigner, ownKey} from '../rotation/begin.js';
import {KeyDesk, keyServiceOf, refusedFor} from '../rotation/key-desk.js';
import {held} from '../rotation/rotate.js';
import {decide} from '../rotation/run.js';
import {othersWith} from '../rotation/same-key.js';
import {RevocationRun, type Revoking} from './run.js';

/** Whose key is revoked, and the credential that signs in its place. */
export type RevocationPlan = {readonly credential: Credential; readonly admin?: Credential | undefined};

/**
 * Deletes the key of a credential at its provider, after a yes, and moves the credential to the trash. Where another
 * credential signs, the key is switched off first. Each step is written before it is done. Throws `invalid` and `usage`
 * where it can't be done, `busy`, `cancelled`, `conflict`, `refused` and `network`.
 */
export function revokeKey(plan: RevocationPlan, revoking: Revoking): Promise<void> {
	return held(revoking, async holder => {
		const revocation = await begin(plan, holder, revoking);
		return steps(await RevocationRun.of(revocation, revoking));
	});
}

/**
 * Goes on with the revocation of the credential with that id, after a yes where its key is still there. `admin` is the
 * id of the credential that signs from now on. Throws as `revokeKey()` does.
 */
export function goOnRevoking(id: string, admin: string | undefined, revoking: Revoking): Promise<void> {
	return held(revoking, async holder => {
		const run = await RevocationRun.take(id, holder, revoking);
		await assertSigns(run, admin);
		if (admin !== undefined) await run.put({admin});
		const key = ownIn(await run.keys(), run);
		if (key !== undefined) await agreed(run.revoking, await run.credential(), key);
		return steps(run);
	});
}

/** Throws `usage` where the credential that is to sign can't, and `not-found`. */
async function assertSigns(run: RevocationRun, id: string | undefined): Promise<void> {
	if (id === undefined) return;
	const {credentials} = await run.revoking.vault.read();
	const admin = credentials.find(each => each.id === id);
	if (admin === undefined) throw new PharmerError('not-found', 'the credential that is to sign is not there any more');
	assertSigner(run.service, await run.credential(), admin);
}

/**
 * Lets the key be: one that was switched off works again. Throws `conflict` once its deletion was sent, or somebody
 * else has deleted it.
 */
export function letBe(id: string, revoking: Revoking): Promise<void> {
	return held(revoking, async holder => {
		const run = await RevocationRun.take(id, holder, revoking);
		const {name} = await run.credential();
		const key = run.revocation.isSent ? undefined : ownIn(await run.keys(), run);
		if (key === undefined)
			throw new PharmerError(
				'conflict',
				`the key of \`${name}\` is deleted at its provider, or is being deleted`,
				`\`pharmer revoke ${name}\` goes on`,
			);
		if (run.revocation.step === 'off')
			await run.call(`${key.id} is not switched on`, async (service, call) => service.enable?.(call, key.id));
		await run.forget();
	});
}

async function begin({credential, admin}: RevocationPlan, holder: Holder, revoking: Revoking): Promise<Revocation> {
	const {vault, now} = revoking;
	const {name} = credential;
	const service = keyServiceOf(credential);
	assertSigner(service, credential, admin);
	const content = await vault.read();
	assertMayGo(content, [credential]);
	assertOnlyOne(content, credential);
	const desk = new KeyDesk(service, revoking);
	const keys = await desk
		.call({credential}, {by: (admin ?? credential).data, admin}, "its keys can't be listed", (each, call) =>
			each.keys(call),
		)
		.catch(error => {
			const why = refusedFor(error);
			if (why !== 'gone' && !(why === 'unsigned' && admin === undefined)) throw error;
			const said = why === 'gone' ? 'has no such key any more' : 'does not accept it: it is deleted or switched off';
			throw new PharmerError(
				'refused',
				`the key of \`${name}\` can't be revoked: its provider ${said}`,
				`\`pharmer delete credential ${name}\` puts it into the trash${why === 'gone' ? '' : ', `--with NAME` makes sure'}`,
				{cause: error},
			);
		});
	const key = await ownKey(credential, keys, revoking, 'revoked');
	await agreed(revoking, credential, key);
	const at = timestamp(new Date(now()));
	const revocation: Revocation = {
		kind: 'revoke',
		id: credential.id,
		mark: randomBytes(4).toString('hex'),
		began: at,
		at,
		...(admin && {admin: admin.id}),
		holder,
		step: 'intent',
		known: keys.map(({id}) => id),
		oldId: key.id,
		digest: dataDigest(credential),
	};
	const begun = await vault.change(current => beginJournal(current, revocation, credential));
	revoking.onStep(begun);
	return begun;
}

/** Throws `cancelled` and `usage` unless a person agrees to the end of a key. */
function agreed(revoking: Revoking, {name}: Credential, key: ListedKey): Promise<void> {
	return decide(
		{kind: 'revoke', name, keys: [key]},
		revoking,
		`the key of \`${name}\` is not deleted`,
		'add --yes to revoke it without being asked',
	);
}

/** Throws `invalid` where other credentials of the vault have the same key. */
function assertOnlyOne({credentials}: Content, credential: Credential): void {
	const others = othersWith(credential.data, credential, credentials);
	if (others.length === 0) return;
	throw new PharmerError(
		'invalid',
		`${listed(others.map(({name}) => name))} ${others.length === 1 ? 'has' : 'have'} the same key, and would stop working`,
		`delete what is there twice first: \`pharmer delete credential ${others[0]?.name}\``,
	);
}

/** The key that is revoked, where it is still there. */
function ownIn(keys: readonly ListedKey[], {revocation: {oldId}}: RevocationRun): ListedKey | undefined {
	return keys.find(({id}) => id === oldId);
}

async function steps(run: RevocationRun): Promise<void> {
	const key = await stillThere(run);
	if (key !== undefined && !key.isOff) await switchOff(run);
	if (key !== undefined && (await stillThere(run)) !== undefined) await remove(run);
	await run.end();
}

/** Switches the key off, where its provider can and another one signs: off, it could not sign its own deletion. */
async function switchOff(run: RevocationRun): Promise<void> {
	const {oldId, admin} = run.revocation;
	const {disable} = run.service;
	if (admin === undefined || disable === undefined) return;
	await run.put({step: 'off'});
	await refusedMeansUndone(
		run,
		run.call(`${oldId} is not switched off`, (_, call) => disable(call, oldId)),
	);
}

async function remove(run: RevocationRun): Promise<void> {
	const {oldId} = run.revocation;
	await run.put({isSent: true});
	await refusedMeansUndone(
		run,
		run.call(`${oldId} is not deleted`, (service, call) => service.remove(call, oldId)),
	);
}

/** What its provider refuses is not done: then nothing is under way any more, unless the key may be switched off. */
async function refusedMeansUndone(run: RevocationRun, doing: Promise<void>): Promise<void> {
	try {
		await doing;
	} catch (error) {
		const why = refusedFor(error);
		if (why === 'gone') return;
		// A key that is not accepted any more may be deleted: the next run finds out.
		if (why === undefined || why === 'unsigned') throw error;
		if (run.revocation.step === 'off') await run.unsend();
		else await run.forget();
		throw error;
	}
}

/** Whether the key is still there, once it is sure that nobody else's work is in the way. */
async function stillThere(run: RevocationRun): Promise<ListedKey | undefined> {
	for (;;) {
		const keys = await run.keys();
		const key = ownIn(keys, run);
		if (key === undefined) return undefined;
		const credential = await run.credential();
		const content = await run.revoking.vault.read();
		if (dataDigest(credential) !== run.revocation.digest)
			throw new PharmerError(
				'conflict',
				`\`${credential.name}\` has other fields than when its revocation began`,
				`nothing was deleted: \`pharmer revoke ${credential.name} --undo\` lets the key be`,
			);
		assertSignsNothing(content, credential);
		assertOnlyOne(content, credential);
		const {known} = run.revocation;
		const strangers = keys.filter(({id}) => !known.includes(id));
		if (strangers.length === 0) return key;
		const {name} = credential;
		const reply = await run.revoking.ask({kind: 'strangers', name, keys: strangers});
		if (reply !== 'yes')
			throw new PharmerError(
				reply === 'no' ? 'cancelled' : 'conflict',
				`somebody else made ${keyTexts(strangers)} at the provider meanwhile`,
				`nothing was deleted: \`pharmer revoke ${name}\` on a terminal asks, --undo lets the key be`,
			);
		// After a question everything is looked at again.
		await run.put({known: [...known, ...strangers.map(({id}) => id)]});
	}
}
