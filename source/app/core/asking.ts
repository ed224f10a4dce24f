import {noVerdicts, type SaidVerdict, verdictNow, whoTexts, withSaid} from '../../credentials/standing.js';
import type {Credential} from '../../domain/credential.js';
import {isRefused, type VerdictWord, verdictWords} from '../../domain/verdict.js';
import {enumerated, grouped, plural} from '../../domain/words.js';
import {withVerdicts} from './credential-list.js';
import type {State} from './state.js';
import {say} from './step.js';

/** Providers are being asked, while keys are answered. */
export type Asking = {
	/** The ids of credentials that are not done. */
	readonly ids: ReadonlySet<string>;
	readonly total: number;
	/** How often each word was said. */
	readonly counts: Readonly<Partial<Record<VerdictWord, number>>>;
};

const nobody: Asking = {ids: new Set(), total: 0, counts: {}};

/** Those that nobody is being asked about. */
export function notAsked({asking}: State, credentials: readonly Credential[]): readonly Credential[] {
	return credentials.filter(({id}) => asking?.ids.has(id) !== true);
}

/** Providers are being asked about these too. */
export function withAsked(state: State, credentials: readonly Credential[]): State {
	const {ids, total, counts} = state.asking ?? nobody;
	const all = new Set([...ids, ...credentials.map(({id}) => id)]);
	return {...state, asking: {ids: all, total: total + credentials.length, counts}};
}

/** Nobody is asked about these after all. */
export function withoutAsked(state: State, left: readonly string[]): State {
	const {asking} = state;
	if (asking === undefined || left.length === 0) return state;
	const ids = new Set(asking.ids);
	const count = left.filter(id => ids.delete(id)).length;
	return {...state, asking: ids.size === 0 ? undefined : {...asking, ids, total: asking.total - count}};
}

/** Shows what was said of some. */
export function withAnswers(state: State, said: readonly SaidVerdict[]): State {
	const shown = withVerdicts(state, withSaid(state.verdicts, said));
	if (state.asking === undefined) return shown;
	const counts = {...state.asking.counts};
	for (const {is} of said) counts[is] = (counts[is] ?? 0) + 1;
	return {...shown, asking: {...state.asking, counts}};
}

/** Everything that will be said of these was said; the last of all tells what came of it. */
export function withEnd(state: State, ended: readonly string[]): State {
	const {asking} = state;
	if (asking === undefined) return state;
	const ids = new Set(asking.ids);
	for (const id of ended) ids.delete(id);
	if (ids.size > 0) return {...state, asking: {...asking, ids}};
	const isGood = Object.keys(asking.counts).every(word => word === 'valid' || word === 'limited');
	return say({...state, asking: undefined}, isGood ? 'done' : 'note', `${resultText(state, asking, ended)}.`);
}

/** Nobody is asked any more. */
export function stopped(state: State): State {
	const {asking} = state;
	if (asking === undefined) return state;
	const text = `Stopped: ${grouped(saidCount(asking))} of ${grouped(asking.total)} asked about.`;
	return say({...state, asking: undefined}, 'note', text);
}

/** What is under way: `Asking about 3 of 12`. */
export function askingText(asking: Asking): string {
	const {total} = asking;
	return total === 1 ? 'Asking the provider' : `Asking providers: ${grouped(saidCount(asking))} of ${grouped(total)}`;
}

function saidCount({counts}: Asking): number {
	return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** What was said in all; of one, who it is or why. */
function resultText(state: State, {counts, total}: Asking, [id]: readonly string[]): string {
	const only = total === 1 ? state.credentials.find(each => each.id === id) : undefined;
	const standing = only && verdictNow(only, state.verdicts, new Date(state.now));
	if (only !== undefined && standing !== undefined) {
		const who = whoTexts(standing.who).map(([label, text]) => `${label} ${text}`);
		const isKnown = standing.is === 'valid' && who.length > 0;
		return `${only.name} is ${standing.is}: ${isKnown ? who.join(', ') : standing.why}`;
	}
	const words = verdictWords.filter(word => counts[word] !== undefined);
	const parts = enumerated(words.map(word => `${grouped(counts[word] ?? 0)} ${word}`));
	const refused = words.find(isRefused);
	const hint = refused === undefined ? '' : `; / is:${refused} finds ${counts[refused] === 1 ? 'it' : 'them'}`;
	return `${plural(total, 'credential')} asked about: ${parts}${hint}`;
}

/** What a lock leaves of all that. */
export const nothingSaid = {verdicts: noVerdicts, asking: undefined} as const;
