import type {Closing} from '../domain/closed-file.js';
import type {Credential} from '../domain/credential.js';
import type {HeldFile} from '../domain/held-file.js';
import type {Secret} from '../domain/secret.js';
import {providerOf} from '../providers/catalog.js';

/** An AWS profile whose keys leave the file: the command line has to give the same ones first. */
export type Trial = {readonly profile: string; readonly process: string; readonly keys: ReadonlyMap<string, Secret>};

/** What closing a file is about. */
type About = {
	/** The path that it was found at, and where that leads when it is a link. */
	readonly path: string;
	readonly target: string;
	/** What reads it, such as `AWS CLI and SDKs`; empty where that is not known. */
	readonly tool: string;
	/** The names of the credentials of the vault that it holds. */
	readonly holds: readonly string[];
	/** What else is to be known, each a sentence without its full stop. */
	readonly notes: readonly string[];
};

/** A file that can be closed, and how. */
export type ClosingStep = About & {
	readonly closing: Closing;
	/** What is done, and what will then fail. */
	readonly does: string;
	readonly afterwards: string;
	/** The credentials that the vault has to hold as they are. */
	readonly credentials: readonly Credential[];
	/** The ids of all credentials that have a secret in the file: what purges one of them takes its old text along. */
	readonly holders: ReadonlySet<string>;
	readonly file: HeldFile;
	/** Its bytes and its permission bits afterwards. */
	readonly bytes: Buffer;
	readonly mode: number;
	readonly trials: readonly Trial[];
};

/** A file that is left as it is, and why: the rest of a sentence that begins with it. */
export type LeftStep = About & {readonly closing?: never; readonly reason: string};

/** What is done about one file. */
export type Step = ClosingStep | LeftStep;

/** Names in a sentence, of many only the first and how many more there are. */
export function few(names: readonly string[], name = (each: string): string => `\`${each}\``): string {
	const most = 8;
	const shown =
		names.length > most + 1 ? [...names.slice(0, most).map(name), `${names.length - most} more`] : names.map(name);
	return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** A step as people read it: pairs of a word and a text. Nothing in it is secret, or safe for a terminal. */
export type StepLine = readonly [word: string, text: string];

export function stepLines(step: Step): readonly StepLine[] {
	const {path, target, tool, holds, notes} = step;
	return [
		...(target === path ? [] : [['leads to', target] as const]),
		...(tool === '' ? [] : [['read by', tool] as const]),
		...(holds.length === 0 ? [] : [['holds', few(holds, name => name)] as const]),
		...(step.closing === undefined
			? [['left', step.reason] as const]
			: ([
					['step', step.does],
					['then', step.afterwards],
				] as const)),
		...notes.map(note => ['note', note] as const),
	];
}

/** A step as the app shows it: without what is in the file. */
export type FileStep = {
	readonly path: string;
	readonly closing: Closing | undefined;
	readonly lines: readonly StepLine[];
};

type ExposedKey = {readonly name: string; readonly revoke: string | undefined};

export function fileStepOf(step: Step): FileStep {
	return {path: step.path, closing: step.closing, lines: stepLines(step)};
}

/** The credentials of files that were closed, each once, and the page where their provider revokes them. */
export function exposedBy(steps: readonly ClosingStep[]): readonly ExposedKey[] {
	const exposed = new Map(steps.flatMap(({credentials}) => credentials.map(each => [each.id, each] as const)));
	return [...exposed.values()].map(({name, provider}) => ({name, revoke: providerOf(provider).guide?.revoke}));
}
