import type {Credential} from '../../domain/credential.js';
import type {Version} from '../../domain/version.js';

/** What the pane beside the list can show of the selected credential, in the order of its keys. */
export const faces = ['fields', 'use', 'yaml', 'versions'] as const;
export type Face = (typeof faces)[number];

/** What of a credential is read when a face shows it: its manifest without secrets, or its earlier versions. */
export type FaceContent =
	| {readonly face: 'yaml'; readonly text: string}
	| {readonly face: 'versions'; readonly versions: readonly Version[]};

/** The pane beside the list: its face, and what was read for it, of which credential at which revision. */
export type Preview = {
	readonly face: Face;
	readonly read?: Read | undefined;
	/** What was asked for last: it is not asked for again, whatever became of it. */
	readonly asked?: string | undefined;
};

type Read = {readonly id: string; readonly revision: number; readonly content: FaceContent};

/** As the app starts. */
export const firstPreview: Preview = {face: 'fields'};

/** The face that comes after, or before. */
export function turned({face}: Preview, by: 1 | -1): Preview {
	const next = faces[(faces.indexOf(face) + by + faces.length) % faces.length];
	return next === undefined ? firstPreview : {face: next};
}

/** Names what a face shows of a credential at its revision. */
export function previewKey({face}: Preview, {id, revision}: Credential): string {
	return `${face} ${id} ${revision}`;
}

/** What was read of a credential for its face; undefined when it was not, or is of an older revision. */
export function readOf({face, read}: Preview, {id, revision}: Credential): FaceContent | undefined {
	const isIt = read?.id === id && read.revision === revision && read.content.face === face;
	return isIt ? read.content : undefined;
}
