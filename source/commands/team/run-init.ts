import {randomBytes} from 'node:crypto';
import {PharmerError} from '../../domain/errors.js';
import {nameKey} from '../../domain/name.js';
import {addressText} from '../../stores/address.js';
import {parseAddress} from '../../stores/parse-address.js';
import {probe} from '../../stores/probe.js';
import {worldAt} from '../../tasks/team/team-world.js';
import {vaultsIn} from '../../team/joining.js';
import {found, sharedAlready} from '../../team/members.js';
import {teamIn} from '../../team/section.js';
import {type SyncWorld, sync} from '../../team/sync.js';
import {shellWord} from '../../text/shell-word.js';
import {getByName} from '../../vault/operations.js';
import type {Context} from '../context.js';
import {unlockVault} from '../open-vault.js';
import {tell, usage} from '../talk.js';
import {assertOnline, atStorage} from './at-storage.js';
import type {InitOptions} from './init.js';
import {ownName} from './own-name.js';
import {addRecovery, recoveryName, tellPaper, writtenSeed} from './recovery-member.js';

/** Shares a vault. Throws `exists` when it is shared, `refused` for an unfit storage, and as `found()` does. */
export async function runInit(options: InitOptions, context: Context): Promise<void> {
	const url = addressText(parseAddress(options.url));
	const name = options.name ?? (await ownName(context));
	const inputTaken = options.passphraseFd === 0;
	const prompt = context.prompt(inputTaken);
	assertOnline(context);
	if (options.hasRecovery && prompt === undefined)
		throw usage(
			'there is no terminal to show the recovery words on',
			'`--no-recovery` goes on without; `pharmer team recovery` makes them later',
		);
	if (options.hasRecovery && nameKey(name) === nameKey(recoveryName))
		throw usage(`\`${name}\` is the member whose words are on paper`, 'give this device another name: `--name NAME`');
	const {vault} = await unlockVault(options, context, inputTaken);
	try {
		const content = await vault.read();
		if (teamIn(content) !== undefined) throw sharedAlready();
		const opener = options.with === undefined ? undefined : getByName(content, options.with);
		const inStorage = <Result>(work: (world: SyncWorld) => Promise<Result>): Promise<Result> =>
			atStorage(context, reach => worldAt(vault, opener, {url}, reach), work);
		tell(context, 'Trying the storage: whether it lets only one of many writers win.');
		await inStorage(async world => {
			await assertFit(world);
			await tellOthers(world, url, context);
		});
		const seed = prompt !== undefined && options.hasRecovery ? await writtenSeed(prompt, context) : undefined;
		await inStorage(async world => {
			await found(world, {url, opener: opener?.id, name});
			const {went} = await sync(world);
			tell(
				context,
				`shared as \`${name}\`: ${went === 1 ? '1 credential lies' : `${went} credentials lie`} sealed in the storage`,
			);
			if (seed !== undefined) tellPaper(await addRecovery(world, seed), context);
		});
		tell(context, `On another device: \`pharmer team join ${shellWord(url)}\``);
	} finally {
		await vault.close();
	}
}

/** Says that another vault is shared at that address: who comes second may have meant to join. */
async function tellOthers({store}: Pick<SyncWorld, 'store'>, url: string, context: Context): Promise<void> {
	if ((await vaultsIn(store)).length === 0) return;
	tell(context, 'Another vault is shared at that address, and this one will lie beside it.');
	tell(context, `To join that one, leave now (ctrl+c): \`pharmer team join ${shellWord(url)}\``);
}

/** Throws `refused` for a storage in which changes could get lost. */
export async function assertFit({store}: Pick<SyncWorld, 'store'>): Promise<void> {
	const finding = await probe(store, randomBytes(8).toString('hex'));
	if (finding.broken === undefined) return;
	throw new PharmerError(
		'refused',
		`this storage is not fit for a shared vault: ${finding.how}`,
		'changes would get lost there; `docs/team-storage.md` lists which engines do',
	);
}
