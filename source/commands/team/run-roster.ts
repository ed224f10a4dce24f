import {PharmerError} from '../../domain/errors.js';
import type {TeamState} from '../../domain/team.js';
import {listed, plural} from '../../domain/words.js';
import {noAdmin, remove, setRole} from '../../team/members.js';
import {exposuresIn} from '../../team/team-state.js';
import type {Content} from '../../vault/vault.js';
import {agrees} from '../agree.js';
import type {Context} from '../context.js';
import {tell, usage} from '../talk.js';
import {assertOnline} from './at-storage.js';
import {memberNamed} from './member-named.js';
import type {RemoveOptions} from './remove.js';
import type {RoleOptions} from './role.js';
import {inTeam, withOwn} from './run-add.js';
import {sharedState} from './shared-state.js';

/** Gives a member another role. Throws as `setRole()` does. */
export async function runRole({member, role, ...options}: RoleOptions, context: Context): Promise<void> {
	assertOnline(context);
	await withOwn(options, context, async vault => {
		const {id, name} = memberNamed(sharedState(await vault.read()), member);
		await inTeam(vault, context, world => setRole(world, id, role));
		tell(context, `\`${name}\` is ${role === 'admin' ? 'an admin' : `a ${role}`} now`);
	});
}

/** Removes a member, and says what to rotate. Throws `cancelled`, and as `remove()` does. */
export async function runRemove({member, yes, ...options}: RemoveOptions, context: Context): Promise<void> {
	assertOnline(context);
	const prompt = context.prompt(options.passphraseFd === 0);
	if (!yes && prompt === undefined)
		throw usage('there is no terminal to ask whether to remove it', 'add --yes to remove it without being asked');
	await withOwn(options, context, async vault => {
		const state = sharedState(await vault.read());
		const {id, name, isSelf} = memberNamed(state, member);
		if (state.self?.role !== 'admin') throw noAdmin();
		if (isSelf) throw usage(`\`${name}\` is this device`, '`pharmer team leave` takes it out');
		tell(
			context,
			`\`${name}\` has read what is shared until now, and keeps it: only new secrets are out of its reach.`,
		);
		if (!yes && prompt !== undefined && !(await agrees(prompt, `Remove \`${name}\`? [y/N] `, 'fresh')))
			throw new PharmerError('cancelled', 'nobody was removed');
		await inTeam(vault, context, world => remove(world, id));
		tell(context, `removed \`${name}\`: it reads nothing that is written from now on`);
		tellExposed(await vault.read(), name, context);
		tellStorage(state, name, context);
	});
}

function tellExposed(content: Content, name: string, context: Context): void {
	const exposed = exposuresIn(content);
	const open = content.credentials.filter(({id}) => exposed.get(id)?.includes(name) === true);
	if (open.length === 0) return;
	tell(
		context,
		`It could read ${plural(open.length, 'credential')}. Replace each; \`pharmer health\` lists what is left:`,
	);
	for (const each of open) tell(context, `  pharmer rotate ${each.name}`);
}

/** Says that the storage lets it in still. */
function tellStorage({members}: TeamState, name: string, context: Context): void {
	const others = members.filter(each => each.name !== name && !each.isSelf).map(each => each.name);
	tell(
		context,
		`Take its access to the storage away, too; where it is a key that ${others.length === 0 ? 'you use' : `you and ${listed(others)} use`}, make a new one.`,
	);
}
