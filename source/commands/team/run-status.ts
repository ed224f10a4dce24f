import {careCode} from '../../domain/errors.js';
import type {TeamState} from '../../domain/team.js';
import {ago} from '../../domain/time.js';
import {plural} from '../../domain/words.js';
import {assertSnapshot} from '../../team/check-snapshot.js';
import {cardText, keyWords} from '../../team/log/card.js';
import {ownKeys, type TeamSection, teamIn} from '../../team/section.js';
import {notShared} from '../../team/sync.js';
import {shellWord} from '../../text/shell-word.js';
import {visible} from '../../text/visible.js';
import type {Vault} from '../../vault/vault.js';
import {mayUseAgent} from '../agent-use.js';
import type {Context} from '../context.js';
import {openVault} from '../open-vault.js';
import {tell} from '../talk.js';
import {knownState} from './known-state.js';
import {ownName} from './own-name.js';
import {inTeam} from './run-add.js';
import {assertFit} from './run-init.js';
import {lastWordText, pendingText, removedText} from './state-words.js';
import type {StatusOptions} from './status.js';
import {writeJson} from './write-json.js';

/** Says how the sharing stands, and resolves to the exit code. */
export async function runStatus(options: StatusOptions, context: Context): Promise<number> {
	const vault = await openVault(options, context);
	try {
		const content = await vault.read();
		const team = teamIn(content);
		if (team === undefined) throw notShared();
		const state = await knownState(vault);
		if (state === undefined) return await waitsForAdmin(team, options, context);
		const agent = mayUseAgent(options, context) ? await context.agent() : undefined;
		const failure = await agent?.syncFailure(vault.path);
		const opener = content.credentials.find(({id}) => id === team.opener)?.name;
		const known = {...(opener !== undefined && {opener}), ...(failure !== undefined && {failure})};
		if (options.isJson) writeJson({...recordOf(state), ...known}, context);
		else context.stdout.write(textOf(state, known, context));
		if (options.probes) await probeStorage(vault, context);
		return waits(state) ? careCode : 0;
	} finally {
		await vault.close();
	}
}

/** Whether a person has to do something. */
function waits({conflicts, exposed, isRemoved}: TeamState): boolean {
	return conflicts.length > 0 || exposed.length > 0 || isRemoved;
}

async function waitsForAdmin(team: TeamSection, {isJson}: StatusOptions, context: Context): Promise<number> {
	const keys = ownKeys(team);
	const card = cardText(team.joining?.name ?? (await ownName(context)), keys);
	if (isJson) writeJson({url: team.url, state: 'waits', card, words: keyWords(keys)}, context);
	else {
		context.stdout.write(`storage  ${visible(team.url)}\ncard     ${card}\nwords    ${keyWords(keys)}\n`);
		tell(context, `an admin has not added this device yet: \`pharmer team join ${shellWord(team.url)}\` goes on`);
	}
	return careCode;
}

function recordOf(state: TeamState) {
	const {url, vault, self, members, place, words, lastWord, reached, pending, isRemoved} = state;
	return {
		url,
		vault,
		state: isRemoved ? 'removed' : 'shared',
		...(self && {name: self.name, role: self.role}),
		members: members.length,
		number: place.seq,
		words,
		lastWord,
		reached,
		pending,
		conflicts: state.conflicts.length,
		exposed: state.exposed.length,
		skipped: state.skipped,
	};
}

/** The credential that signs in at the storage, and why the agent's last sync failed. */
type Known = {readonly opener?: string; readonly failure?: string};

function textOf(state: TeamState, {opener, failure}: Known, context: Context): string {
	const {url, members, self, place, words, conflicts, exposed, skipped, reached, isRemoved} = state;
	const now = context.now();
	const rows: readonly (readonly [string, string])[] = [
		['storage', url],
		...(opener === undefined ? [] : [['signs in', `\`${opener}\`, a credential of this device`] as const]),
		[
			'members',
			self === undefined ? `${members.length}` : `${members.length}, this device is \`${self.name}\`, ${self.role}`,
		],
		['number', `${place.seq}`],
		['words', words],
		['last word', lastWordText(state, now)],
		['reached', reached === undefined ? 'not known' : ago(reached, now)],
		['shared', isRemoved ? 'nothing any more' : pendingText(state)],
		...(failure === undefined ? [] : [['failed', `the agent's last sync: ${failure}`] as const]),
		...(conflicts.length === 0 ? [] : [['conflicts', `${conflicts.length}: \`pharmer team conflicts\``] as const]),
		...(exposed.length === 0
			? []
			: [['exposed', `${plural(exposed.length, 'credential')} to replace: \`pharmer health\``] as const]),
		...skipped.map(({seq, why}) => ['skipped', `entry ${seq}: ${why}`] as const),
		...(isRemoved ? [['removed', removedText] as const] : []),
	];
	return rows.map(([label, text]) => `${label.padEnd(11)}${visible(text)}\n`).join('');
}

async function probeStorage(vault: Vault, context: Context): Promise<void> {
	const seq = await inTeam(vault, context, async world => {
		await assertFit(world);
		return assertSnapshot(world);
	});
	tell(context, 'the storage lets one of many writers win, and keeps what it has');
	tell(
		context,
		seq === undefined
			? 'its snapshot can be checked after the next `pharmer team sync`'
			: `its snapshot of entry ${seq} leads to what is known here`,
	);
}
