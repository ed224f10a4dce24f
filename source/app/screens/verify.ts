import type {Credential} from '../../domain/credential.js';
import {isOffline} from '../../domain/offline.js';
import type {Consent} from '../../domain/verdict.js';
import {plural} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import {notAsked, stopped, withAsked, withoutAsked} from '../core/asking.js';
import type {Binding, Reason} from '../core/binding.js';
import type {Answer, NamedPlace} from '../core/event.js';
import {moveChoice, rowKeys} from '../core/moves.js';
import {fixedPrompt} from '../core/prompt.js';
import {ask, couldBeRead, type Question, questionDrawn, questionKeys} from '../core/question.js';
import type {Screen} from '../core/screen.js';
import type {State} from '../core/state.js';
import {type Step, say, show, step} from '../core/step.js';
import {layout} from '../layout/layout.js';
import {wrap} from '../layout/text.js';
import type {Room} from './room.js';

/** Asks whether credentials are asked about at an address that they name themselves, one host after the other. */
export type VerifyScreen = {
	readonly kind: 'verify';
	/** The ids of those that will be asked about, as far as nobody has said no. */
	readonly ids: readonly string[];
	/** The first of these is asked about now. */
	readonly places: readonly NamedPlace[];
	readonly agreed: readonly Consent[];
	readonly question?: Question<'send'> | undefined;
	/** When it could be read, in milliseconds since 1970. */
	readonly readable?: number;
	/** The first row shown. */
	readonly choice: number;
	readonly from: Screen;
};

declare module '../core/screen.js' {
	interface Screens {
		readonly verify: VerifyScreen;
	}
}

/** Why nobody can be asked at all. */
export const nobodyToAsk: Reason<unknown> = ({demo, environment}) => {
	if (demo) return 'this is the demo: nobody is asked';
	return isOffline(environment) ? 'PHARMER_OFFLINE is set: nobody is asked' : undefined;
};

/** How the key is described that asks about credentials. */
export const verifyKey = {
	id: 'verify',
	keys: ['V'],
	title: 'verify',
	says: 'asks the provider whether it works',
	group: 'Act',
} as const;

/** Asks the providers of these credentials; keys are answered meanwhile. */
export function verify(state: State, targets: readonly Credential[]): Step {
	const credentials = notAsked(state, targets);
	if (credentials.length === 0) return step(say(state, 'note', 'It is being asked about already.'));
	return step(withAsked({...state, reveal: undefined}, credentials), {type: 'plan-verify', credentials});
}

/** The key that ends all that, while it lasts. */
export const stopAskingKey: Binding = {
	id: 'stop-asking',
	keys: ['esc'],
	title: 'stop asking',
	says: 'asks no provider any more; what was said is kept',
	group: 'Act',
	footer: 40,
	run: state => step(stopped(state), {type: 'stop-verify'}),
};

/** Screens on which it is known that somebody has asked for a question. */
const askable: readonly Screen['kind'][] = ['list', 'detail', 'health'];

/** Goes on with those that need no question, or asks; what somebody does meanwhile is not interrupted. */
export function onVerifyPlanned(state: State, {ids, places}: Extract<Answer, {type: 'verify-planned'}>): Step {
	const {screen: from, asking} = state;
	// It was stopped meanwhile.
	if (!ids.some(id => asking?.ids.has(id))) return step(state);
	const plan: VerifyScreen = {kind: 'verify', ids, places, agreed: [], choice: 0, from};
	if (places.length === 0) return begin(state, plan);
	if (askable.includes(from.kind) && state.palette === undefined) return ask(state, plan, 'send');
	const left = places.flatMap(place => place.consents.map(({id}) => id));
	const hosts = [...new Set(places.map(({host}) => visible(host)))].join(', ');
	const told = say(state, 'note', `Not asked: ${hosts}. V asks you first.`);
	return begin(told, {...plan, ids: ids.filter(id => !left.includes(id))}, left);
}

/** Has the providers asked, without those that were left out. */
function begin(before: State, {ids, agreed}: VerifyScreen, left: readonly string[] = []): Step {
	const wanted = new Set(ids);
	const credentials = before.credentials.filter(({id}) => wanted.has(id));
	for (const {id} of credentials) wanted.delete(id);
	// What is left of them is gone meanwhile.
	const state = withoutAsked(before, [...left, ...wanted]);
	return credentials.length === 0 ? step(state) : step(state, {type: 'verify', credentials, agreed});
}

/** Goes to the next question, or begins. */
function answered(state: State, screen: VerifyScreen, isYes: boolean): Step {
	const [place, ...places] = screen.places;
	if (place === undefined) return begin(show(state, screen.from), screen);
	const {consents} = place;
	const left = isYes ? [] : consents.map(({id}) => id);
	const leaving = new Set(left);
	const next: VerifyScreen = {
		...screen,
		places,
		ids: screen.ids.filter(id => !leaving.has(id)),
		agreed: isYes ? [...screen.agreed, ...consents] : screen.agreed,
		choice: 0,
	};
	const after = withoutAsked(state, left);
	if (places.length > 0) return ask(after, next, 'send');
	const back = show(after, next.from);
	return next.ids.length === 0 ? step(say(back, 'note', 'Nobody was asked.')) : begin(back, next);
}

function agree(state: State, screen: VerifyScreen): Step {
	if (couldBeRead(state, screen)) return answered(state, screen, true);
	return ask(say(state, 'note', 'Nothing is sent yet: read where it goes, and press y.'), screen, 'send');
}

/** The question in words. */
export function placeText(state: State, {places: [place]}: VerifyScreen) {
	const {host = '', from = [], consents = []} = place ?? {};
	const named = new Set(consents.map(({id}) => id));
	const sends = new Set(consents.map(each => each.sends));
	const names = state.credentials.filter(({id}) => named.has(id)).map(({name}) => visible(name));
	const [verb, it] = consents.length === 1 ? ['names', 'it'] : ['name', 'them'];
	return {
		title: `Ask ${visible(host)}?`,
		names,
		reason: `${consents.length === 1 ? 'This credential' : plural(consents.length, 'credential')} ${verb} an address that is not known as the provider's, in ${from.map(visible).join(' and ')}:`,
		host: visible(host),
		sends: `What would be sent there: ${[...sends].join(', or ')}.`,
		answers: `Whoever runs this host could keep what is sent: say yes only if you know it. Yes is remembered, no leaves ${it} out.`,
	};
}

/** Everything that the question shows below its title, in rows of so many cells, safe for a terminal. */
export function placeRows(state: State, screen: VerifyScreen, width: number): readonly string[] {
	const {reason, host, names, sends, answers} = placeText(state, screen);
	const indented = (text: string): readonly string[] => wrap(text, width - 2).map(row => `  ${row}`);
	return [
		...wrap(reason, width),
		...indented(host),
		'',
		...wrap(sends, width),
		...wrap(answers, width),
		'',
		...names.flatMap(indented),
	];
}

const move = moveChoice<VerifyScreen>((state, screen) => {
	const {columns, paneHeight} = layout(state.size);
	return Math.max(1, placeRows(state, screen, columns - 4).length - paneHeight + 1);
});

export const verifyRoom: Room<VerifyScreen, 'verify'> = {
	mode: () => 'verify',
	keys: {
		verify: [
			...questionKeys<VerifyScreen>(
				{title: 'ask there', says: 'sends it to this host', run: agree},
				{
					title: 'leave out',
					says: 'sends nothing to this host',
					run: (state, screen) => answered(state, screen, false),
				},
			),
			...rowKeys(move),
		],
	},
	onResult: (state, screen, result) =>
		result.type === 'drawn' ? questionDrawn(state, {...screen, readable: state.now}) : undefined,
	afterLock: ({from}) => from,
	crumbs: () => ['verify'],
	spoken: {
		isOverlay: true,
		place: ({places}) => `verify ${places[0]?.origin}`,
		body(state, screen) {
			const {title, names, reason, host, sends, answers} = placeText(state, screen);
			return [title, `${reason} ${host}`, sends, answers, names.join(', ')];
		},
		prompt: (state, screen) => fixedPrompt(`${placeText(state, screen).title.toLowerCase().slice(0, -1)}, y or esc`),
	},
};
