import type {AgentClient} from '../agent/client.js';
import {longestTotal} from '../agent/protocol.js';
import {giveKey, keyRenewal} from '../agent/vault-keys.js';
import type {Effect} from '../app/core/effect.js';
import type {Event} from '../app/core/event.js';
import {isRead, type ReadEffect} from '../app/core/reading.js';
import {writes} from '../app/session/under-way.js';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import {changePassphrase, checkPassphrase} from '../tasks/change-passphrase.js';
import {type ClosingDesk, closeChosen} from '../tasks/close-found.js';
import {completePath} from '../tasks/complete-path.js';
import {exportCredentials} from '../tasks/export-credentials.js';
import {readManifest, writeManifest} from '../tasks/manifest.js';
import type {Vault} from '../vault/vault.js';
import {type AskEffect, createAsker, isAsk} from './asker.js';
import {isPartGone, notClosing, notThere, noVaultYet, partGone, vaultGone} from './effect-errors.js';
import {createLooker} from './looker.js';
import {readEffect} from './reads.js';
import {createRotator, isRotation, type RotationEffect} from './rotator.js';
import {switchVault} from './switcher.js';
import {createSyncer, isSync, type SyncEffect} from './syncer.js';
import {VaultSession} from './vault-session.js';
import type {World} from './world.js';

export type EffectRunner = {
	readonly run: (effect: Effect) => void;
	/** Starts with a vault that is open already, as if it were unlocked. */
	readonly open: (opened: Vault) => void;
	/** Runs nothing more, and lets the vault go: resolves when its key is gone. */
	readonly close: () => Promise<void>;
};

const atOnce: readonly Effect['type'][] = [
	'quit',
	'suspend',
	'redraw',
	'end-agent',
	'read-uses',
	'note-use',
	'count-plaintext',
	'complete-path',
	'offer-paths',
];

/** Runs effects one after the other and dispatches their results. A bug in one ends the app with that error. */
export function createEffectRunner(world: World, dispatch: (event: Event) => void): EffectRunner {
	const {machine} = world;
	const syncer = createSyncer(world, () => session, tell, onError);
	const session = new VaultSession(dispatch, () => run({type: 'reload'}), world, syncer.teamOf);
	const looker = createLooker(machine, tell);
	const asker = createAsker(world, session, tell, onError);
	const rotator = createRotator(world, session, tell, onError);
	let copied = false;
	let left = false;
	/** Why an effect that ran when the app was left did not save. */
	let lost: PharmerError | undefined;
	let asked: Promise<unknown> = Promise.resolve();

	/** Asks the agent, one thing after another. Without it the app works all the same, so nothing waits for it. */
	function askAgent(ask: (agent: AgentClient) => Promise<unknown>): void {
		if (world.agent === undefined) return;
		const {agent} = world;
		asked = asked.then(async () => ask(await agent())).catch(() => undefined);
	}

	async function open(opened: Vault, agentMinutes: number | undefined, passphrase?: Secret): Promise<void> {
		await session.open(opened, passphrase);
		if (agentMinutes === undefined || world.fillsAgent !== true) return;
		askAgent(async agent => {
			// What `pharmer unlock --for` has said stays.
			if ((await agent.left(opened.path)) === undefined)
				await giveKey(agent, opened, {total: longestTotal, idle: agentMinutes * 60});
		});
	}

	async function perform(
		effect: Exclude<Effect, ReadEffect | AskEffect | RotationEffect | SyncEffect | {type: 'lock'}>,
	): Promise<void> {
		switch (effect.type) {
			case 'inspect':
				if (!world.place.exists()) throw world.place.wasSeen() ? vaultGone : noVaultYet;
				await world.place.inspect();
				return dispatch({type: 'inspected'});
			case 'protect':
				for (const exposure of world.place.exposures()) world.place.protect(exposure);
				return dispatch({type: 'protected', exposures: world.place.exposures()});
			case 'create-vault':
				return open(await world.place.create(effect.passphrase), effect.agentMinutes);
			case 'unlock': {
				const {passphrase, acceptRollback, agentMinutes} = effect;
				const opened = await world.place.unlock(passphrase, {acceptRollback, staysOpen: true});
				return open(opened, agentMinutes, passphrase);
			}
			case 'list-vaults':
			case 'switch-vault':
				return switchVault(effect, world, session, dispatch);
			case 'check-passphrase':
				return dispatch({type: 'passphrase-checked', ...(await checkPassphrase(world.place, effect.passphrase))});
			case 'change-passphrase': {
				const {slot, passphrase, dropped} = effect;
				const {vault} = session;
				const renew = world.agent && (await keyRenewal(await world.agent(), vault));
				const changed = await changePassphrase(vault, slot, passphrase, dropped, world.removeEntry);
				if (renew !== undefined) askAgent(renew);
				return dispatch({type: 'passphrase-changed', ...changed});
			}
			case 'end-agent':
				return askAgent(async agent => dispatch({type: 'agent-ended', was: await agent.end()}));
			case 'reload':
				return session.reload();
			case 'renew':
				return session.renew(await world.place.unlock(effect.passphrase, {staysOpen: true}));
			case 'read-uses':
				// After the frame, and beside what is asked for meanwhile.
				return world.drawn().then(() => session.readUses());
			case 'note-use':
				return session.noteUse(effect.ids, effect.kind, world.now());
			case 'compare': {
				const other = effect.other ?? world.takeOther?.();
				if (other === undefined) throw notThere;
				return session.compare(other, world.now);
			}
			case 'add':
			case 'replace':
			case 'restore':
			case 'delete':
			case 'purge':
			case 'purge-versions':
			case 'merge':
			case 'settle':
			case 'unsettle':
			case 'together':
				return session.change(effect, world.now);
			case 'read-versions':
				return session.readVersions(effect.id);
			case 'preview':
				return session.preview(effect.face, effect.credential);
			case 'close-file':
				return dispatch({
					type: 'file-closed',
					plan: await closeChosen(effect, session.vault, await desk(), world.now),
				});
			case 'count-plaintext':
				return world.drawn().then(looker.countPlaintext);
			case 'complete-path': {
				const {text} = effect;
				return tell({type: 'path-completed', asked: text, completion: await completePath(text, machine)});
			}
			case 'offer-paths':
				return tell({type: 'paths-offered', paths: await looker.offeredPaths(effect.provider)});
			case 'copy': {
				const {what, secret} = effect;
				copied = true;
				const {by, sure} = await world.clipboard.copy(effect.text);
				copied = secret;
				dispatch({type: 'copied', what, secret, by, sure});
				return effect.of === undefined ? undefined : session.noteUse([effect.of], 'copy', world.now());
			}
			case 'clear-clipboard':
				return dispatch({type: 'clipboard-cleared', result: await clearClipboard()});
			case 'export': {
				const {credentials, format} = effect;
				const path = await exportCredentials(effect.path, format, credentials, machine);
				dispatch({type: 'exported', path, format, count: credentials.length});
				const ids = credentials.map(({id}) => id);
				return session.noteUse(ids, 'export', world.now());
			}
			case 'write-manifest': {
				const text = await writeManifest(effect.credential, effect.hidden);
				return dispatch({type: 'manifest-written', text});
			}
			case 'read-manifest': {
				const content = await readManifest(effect.text, effect.basis, effect.hidden, effect.data);
				return dispatch({type: 'manifest-read', content});
			}
			case 'save-settings':
				return world.saveSettings(effect.settings);
			case 'draw':
				return dispatch({type: 'drawn'});
			case 'suspend':
				// A stopped process can't clear it later.
				if (copied) await clearClipboard().catch(() => {});
				await session.closed();
				return world.suspend();
			case 'redraw':
				return world.redraw();
			case 'quit':
				if (copied) await clearClipboard().catch(() => {});
				return world.quit(lost ?? effect.outcome);
		}
	}

	/** Where plaintext files are closed. Throws `usage` in the demo. */
	async function desk(there = machine): Promise<ClosingDesk> {
		if (world.closing === undefined) throw notClosing;
		return {machine: there, closing: await world.closing()};
	}

	/** Tells what was found beside what is asked for meanwhile, unless the app was left. */
	function tell(event: Event): void {
		if (!left) dispatch(event);
	}

	async function clearClipboard(): Promise<'cleared' | 'kept' | 'unknown'> {
		const result = await world.clipboard.clear();
		// Leaving tries again if it is unknown whether the text is gone.
		copied = result === 'unknown';
		return result;
	}

	async function onError({type}: Pick<Effect, 'type'>, thrown: unknown): Promise<void> {
		const error = isPartGone(thrown) ? partGone : thrown;
		if (!(error instanceof PharmerError)) {
			void world.quit(error instanceof Error ? error : new Error('an effect failed'));
			return;
		}
		// Nobody sees the failure any more, and the user believes that it was saved.
		if (left && writes.includes(type)) lost = error;
		const {code, message, hint} = error;
		dispatch({
			type: 'failed',
			during: type,
			failure: {code, message, hint},
			// A conflict needs both sides. What could not be read again is not read twice.
			stored: type === 'reload' ? undefined : await session.now().catch(() => undefined),
		});
	}

	let last: Promise<void> = Promise.resolve();
	let written: Promise<void> = Promise.resolve();

	/** Does what belongs to an effect after what came before, and after the frame that says so. */
	function queue(effect: Pick<Effect, 'type'>, task: () => Promise<void>): void {
		last = last
			.then(world.drawn)
			.then(task)
			.catch(error => onError(effect, error));
	}

	function run(effect: Exclude<Effect, AskEffect | RotationEffect | SyncEffect>): void {
		if (left) return;
		left = effect.type === 'quit';
		if (left) syncer.stop();
		if (effect.type === 'lock') {
			void asker.stop();
			syncer.stop();
			// The key must go before anything else, such as the process being stopped.
			session.lock(effect.draft, rotator.stop());
			return;
		}
		if (isRead(effect)) {
			// It may be given up before it has begun.
			const begun = looker.begin();
			queue(effect, async () => dispatch(await begun(there => readEffect(effect, there, {session, desk}))));
			return;
		}
		if (effect.type === 'stop-look') {
			looker.stop();
			return;
		}
		if (atOnce.includes(effect.type)) {
			// Leaving waits for writes, but not for key derivation or reads.
			const before = effect.type === 'quit' ? Promise.all([written, asker.stop(), rotator.stop()]) : Promise.resolve();
			before.then(() => perform(effect)).catch(error => onError(effect, error));
			return;
		}
		queue(effect, () => perform(effect));
		if (writes.includes(effect.type)) written = last;
	}

	return {
		run(effect) {
			if (isAsk(effect)) asker.run(effect);
			else if (isRotation(effect)) rotator.run(effect);
			else if (isSync(effect)) syncer.run(effect);
			else run(effect);
		},
		open: opened => queue({type: 'unlock'}, () => session.open(opened)),
		async close() {
			left = true;
			syncer.stop();
			await Promise.all([asker.stop(), session.end(rotator.stop()), asked]);
		},
	};
}
