import type {Member, OpenConflict, Role, TeamState} from '../../../domain/team.js';
import {ago} from '../../../domain/time.js';
import {plural} from '../../../domain/words.js';
import {visible} from '../../../text/visible.js';
import type {Reason} from '../../core/binding.js';
import {isGrave, whyAlone} from '../../core/sharing.js';
import type {State} from '../../core/state.js';

/** With whom the vault is shared. */
export type TeamScreen = {readonly kind: 'team'; readonly choice: number};

declare module '../../core/screen.js' {
	interface Screens {
		readonly team: TeamScreen;
	}
}

export const teamScreen: TeamScreen = {kind: 'team', choice: 0};

export function membersOf({sharing}: State): readonly Member[] {
	return sharing.team?.members ?? [];
}

/** The member under the cursor. */
export function chosenMember(state: State, {choice}: TeamScreen): Member | undefined {
	const members = membersOf(state);
	return members[Math.min(choice, members.length - 1)];
}

/** A member's name as it is shown. */
export function memberName({name, isSelf}: Member): string {
	return isSelf ? `${visible(name)} (this device)` : visible(name);
}

/** Why this device can't change the members. */
export const noAdmin: Reason<unknown> = state => {
	const role = state.sharing.team?.self?.role;
	return (
		whyAlone(state) ?? (role === 'admin' ? undefined : `an admin changes the members, and this device is a ${role}`)
	);
};

/** What each role may do, as a sentence without its full stop. */
export const roleTexts: Readonly<Record<Role, string>> = {
	admin: 'changes credentials and members',
	writer: 'changes credentials',
	reader: 'reads credentials, and changes nothing',
};

/** A line of the view, safe to show, and how bad it is. */
export type TeamLine = {readonly tone: 'plain' | 'title' | 'warning' | 'danger'; readonly text: string};

/** What sharing is, for a vault that is shared with nobody. */
export const aloneTexts: readonly string[] = [
	'This vault is shared with nobody. Share it, and a second laptop or a team has the same credentials.',
	'It goes through storage of your own: a bucket, OpenBao or Vault, a git remote. That sees sealed bytes only.',
	'Every device has its own keys, works offline too, and can be removed.',
];

/** Everything that the view says above the members. */
export function teamLines(state: State): readonly TeamLine[] {
	const {team, failure} = state.sharing;
	if (team === undefined) return failure === undefined ? [] : failureLines(state);
	const {conflicts, exposed, skipped} = team;
	const last = skipped.at(-1);
	const line = (text: string, tone: TeamLine['tone'] = 'plain'): TeamLine => ({tone, text});
	return [
		line(`entry ${team.place.seq}: ${team.words}`, 'title'),
		line(heardText(state, team)),
		...(team.isRemoved ? [line('This device was removed: nothing comes in, and nothing goes out.', 'danger')] : []),
		...failureLines(state),
		...pendingLines(team),
		...(conflicts.length === 0
			? []
			: [
					line(
						`${plural(conflicts.length, 'conflict')}${withWhom(conflicts)}: c shows what you and others had`,
						'warning',
					),
				]),
		...(exposed.length === 0 ? [] : [line(`${exposedText(exposed.length)}: w lists what to rotate`, 'warning')]),
		...(last === undefined
			? []
			: [line(`${skippedText(skipped.length)}; the last, ${last.seq}: ${visible(last.why)}`, 'warning')]),
		line(`at ${visible(team.url)}`),
	];
}

/** With whom they are, where that is one and known. */
function withWhom(conflicts: readonly OpenConflict[]): string {
	const [name, ...others] = new Set(conflicts.map(({by}) => by?.name));
	return name === undefined || others.length > 0 ? '' : ` with ${visible(name)}`;
}

function failureLines({sharing: {failure}}: State): readonly TeamLine[] {
	if (failure === undefined) return [];
	const {message, hint} = failure;
	const text = `The last sync failed: ${visible(message)}${hint === undefined ? '' : `; ${visible(hint)}`}.`;
	return [{tone: isGrave(failure) ? 'danger' : 'warning', text}];
}

function heardText({now}: State, {lastWord, reached}: TeamState): string {
	const moment = new Date(now);
	const heard =
		lastWord === undefined ? 'no word from others yet' : `last word from the others ${ago(lastWord, moment)}`;
	return `${heard} · storage ${reached === undefined ? 'not reached yet' : `reached ${ago(reached, moment)}`}`;
}

function pendingLines({pending = 0, self, isRemoved}: TeamState): readonly TeamLine[] {
	if (pending === 0 || isRemoved) return [];
	const where = self?.role === 'reader' ? 'changed here only: a reader shares nothing' : 'not shared yet';
	return [{tone: 'plain', text: `${plural(pending, 'credential')} ${where}`}];
}

export function exposedText(count: number): string {
	return `removed members could read ${plural(count, 'credential')}`;
}

function skippedText(count: number): string {
	return count === 1 ? 'one entry counts for nobody' : `${count} entries count for nobody`;
}
