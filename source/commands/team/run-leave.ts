import {PharmerError} from '../../domain/errors.js';
import {isOffline} from '../../domain/offline.js';
import type {TeamState} from '../../domain/team.js';
import {listed} from '../../domain/words.js';
import {remove} from '../../team/members.js';
import {teamIn, withTeam} from '../../team/section.js';
import {notShared} from '../../team/sync.js';
import {teamStateOf} from '../../team/team-state.js';
import type {Vault} from '../../vault/vault.js';
import {agrees} from '../agree.js';
import type {Context} from '../context.js';
import {tell, usage} from '../talk.js';
import {baseOf} from './known-state.js';
import type {LeaveOptions} from './leave.js';
import {inTeam, withOwn} from './run-add.js';

const leaveHere = 'to leave without the storage: `pharmer team leave --here`';

/** Ends the sharing on this device. Throws `invalid` for the last admin of others, and `cancelled`. */
export async function runLeave({yes, here, ...options}: LeaveOptions, context: Context): Promise<void> {
	const prompt = context.prompt(options.passphraseFd === 0);
	if (!yes && prompt === undefined)
		throw usage('there is no terminal to ask whether to leave', 'add --yes to leave without being asked');
	await withOwn(options, context, async vault => {
		const content = await vault.read();
		if (teamIn(content) === undefined) throw notShared();
		const state = teamStateOf(content, undefined, undefined);
		const self = state?.self;
		const admins = adminsBeside(state);
		const isAlone = state === undefined || state.members.length <= 1;
		const goesItself = self?.role === 'admin' && !isAlone && !here;
		if (goesItself && admins.length === 0)
			throw new PharmerError(
				'invalid',
				'this device is the only admin: nobody could add or remove members any more',
				'make another one first: `pharmer team role NAME admin`',
			);
		if (goesItself && isOffline(context.environment))
			throw new PharmerError('network', 'nothing is asked offline', leaveHere);
		const question = 'Stop sharing this vault here? Its credentials stay. [y/N] ';
		if (!yes && prompt !== undefined && !(await agrees(prompt, question, 'fresh')))
			throw new PharmerError('cancelled', 'it is shared as before');
		if (goesItself) await removeItself(self.id, vault, context);
		await vault.change(current => ({content: withTeam(current, undefined), result: undefined}));
		baseOf(vault).remove();
		tell(context, 'this vault is not shared any more; its credentials stay here');
		if (self !== undefined && !goesItself && admins.length > 0)
			tell(
				context,
				`${listed(admins, 'or')} should run \`pharmer team remove ${self.name}\`: until then this device is a member`,
			);
	});
}

/** Takes this device off the list of members. Throws as `remove()` does, and says how to leave all the same. */
async function removeItself(id: string, vault: Vault, context: Context): Promise<void> {
	try {
		await inTeam(vault, context, world => remove(world, id));
	} catch (error) {
		if (!(error instanceof PharmerError) || error.code === 'bug' || error.code === 'interrupted') throw error;
		throw new PharmerError(error.code, error.message, leaveHere);
	}
}

/** The names of the admins that are other devices. */
function adminsBeside(state: TeamState | undefined): readonly string[] {
	return (state?.members ?? []).filter(({role, isSelf}) => role === 'admin' && !isSelf).map(({name}) => name);
}
