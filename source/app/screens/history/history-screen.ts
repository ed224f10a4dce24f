import {differences, type Part} from '../../../credentials/differences.js';
import {causes, changesOf} from '../../../credentials/versions.js';
import type {Credential} from '../../../domain/credential.js';
import {ago} from '../../../domain/time.js';
import type {Version} from '../../../domain/version.js';
import {visible} from '../../../text/visible.js';
import type {Screen} from '../../core/screen.js';
import type {State} from '../../core/state.js';

/** The earlier versions of a credential, and what is different in the chosen one. */
export type HistoryScreen = {
	readonly kind: 'history';
	/** The id of a credential in the list or the trash. */
	readonly id: string;
	/** Newest first, with the revision they were read for; undefined until they are. */
	readonly read?: {readonly revision: number; readonly versions: readonly Version[]} | undefined;
	readonly choice: number;
	/** Whether secrets are shown. */
	readonly shown: boolean;
	readonly from: Screen;
	readonly busy: boolean;
};

declare module '../../core/screen.js' {
	interface Screens {
		readonly history: HistoryScreen;
	}
}

/** The credential whose versions are shown; undefined when it is gone. */
export function historyOf(state: State, {id}: HistoryScreen): Credential | undefined {
	const isIt = (credential: Credential): boolean => credential.id === id;
	return state.credentials.find(isIt) ?? state.trash.find(isIt);
}

/** The versions of the credential, newest first; empty until they are read. */
export const versionsIn = ({read}: HistoryScreen): readonly Version[] => read?.versions ?? [];

/** The version under the cursor. */
export function chosenVersion(screen: HistoryScreen): Version | undefined {
	const versions = versionsIn(screen);
	return versions[Math.min(screen.choice, versions.length - 1)];
}

/** What is different now from the version under the cursor. */
export function chosenParts(state: State, screen: HistoryScreen): readonly Part[] {
	const [credential, version] = [historyOf(state, screen), chosenVersion(screen)];
	return credential === undefined || version === undefined ? [] : differences(version.content, credential);
}

/** One version in a row: its number, when it was replaced and how, and what that changed. */
export type VersionRow = {
	readonly number: string;
	readonly replaced: string;
	readonly how: string;
	readonly changed: string;
};

const rowsOf = new WeakMap<readonly Version[], readonly string[]>();

/** A row for each version, newest first. What changed is found once for each reading. */
export function versionRows(state: State, screen: HistoryScreen): readonly VersionRow[] {
	const credential = historyOf(state, screen);
	const versions = versionsIn(screen);
	if (credential === undefined) return [];
	const known = rowsOf.get(versions);
	const changed =
		known ?? changesOf(credential, versions).map(parts => parts.map(({label}) => visible(label)).join(', '));
	rowsOf.set(versions, changed);
	return versions.map(({revision, until, cause, isExact}, index) => ({
		number: `${revision}`,
		replaced: ago(until, new Date(state.now)),
		how: `${causes[cause]}${isExact ? '' : ', not exact'}`,
		changed: changed[index] ?? '',
	}));
}
