import type {Event} from '../../source/app/core/event.js';
import {Secret} from '../../source/domain/secret.js';
import type {Member, OpenConflict, TeamState} from '../../source/domain/team.js';
import {demoContent} from '../../source/vault/demo-content.js';

/** When everything happens. */
const noon = new Date('2026-11-24T12:00:00Z');

const member = (name: string, role: Member['role'], words: string, isSelf = false): Member => ({
	id: `id-of-${name}`,
	name,
	role,
	isSelf,
	words,
});

const members: readonly Member[] = [
	member('ana-laptop', 'admin', 'dry rapid glimpse simple gift saddle', true),
	member('ana-desktop', 'admin', 'already miss matrix symbol giraffe inquiry'),
	member('ben', 'writer', 'desert butter quiz exact wreck fall'),
	member('ci', 'reader', 'guard enact left venue film silk'),
];

/** An invented vault's sharing. */
export const inventedTeam: TeamState = {
	url: 's3://our-bucket/team?endpoint=https://s3.example.com',
	vault: '00000000-0000-4000-8000-00000000000a',
	place: {seq: 42, hash: '00'.repeat(32)},
	words: 'uncle drum miss tube people render',
	members,
	self: members[0],
	epoch: 2,
	conflicts: [],
	exposed: [],
	skipped: [],
	lastWord: '2026-11-24T10:00:00Z',
	reached: '2026-11-24T11:58:00Z',
	pending: 0,
	isRemoved: false,
};

/** The id of an invented credential. */
function idOf(name: string): string {
	const found = demoContent(noon).credentials.find(each => each.name === name);
	if (found === undefined) throw new Error(`no invented credential is called ${name}`);
	return found.id;
}

/** A conflict about an invented credential. */
export function inventedConflict(
	name = 'prod',
	also: Readonly<Record<string, readonly [string, string, string]>> = {},
): OpenConflict {
	const parts = {'data.secretAccessKey': ['of-before', 'of-mine', 'of-theirs'], ...also} as const;
	const side = (at: 0 | 1 | 2) =>
		new Map(Object.entries(parts).map(([part, texts]) => [part, new Secret(texts[at] ?? '')]));
	return {
		id: idOf(name),
		name,
		unit: Object.keys(parts),
		base: side(0),
		mine: side(1),
		theirs: side(2),
		at: '2026-11-24T11:00:00Z',
	};
}

/** What removed members could read of the invented credentials. */
export function inventedExposed(names: readonly string[], who = 'carl'): TeamState['exposed'] {
	return names.map(name => ({id: idOf(name), digest: '', members: [who]}));
}

/** A sync of the invented vault has come to its end. */
export function synced(team: Partial<TeamState> = {}): Event {
	return {type: 'synced', team: {...inventedTeam, ...team}, came: 0, went: 0, said: []};
}
