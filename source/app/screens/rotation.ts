import {publicId} from '../../credentials/public-id.js';
import type {Credential} from '../../domain/credential.js';
import {providerOf} from '../../providers/catalog.js';
import type {Guide} from '../../providers/provider.js';
import {visible} from '../../text/visible.js';
import type {Binding} from '../core/binding.js';
import {fixedPrompt} from '../core/prompt.js';
import type {RotationPlan} from '../core/rotating.js';
import type {Screen} from '../core/screen.js';
import {placed} from '../core/spoken-words.js';
import type {State} from '../core/state.js';
import {show, step} from '../core/step.js';
import {rotatingScreen} from './edit/edit-screen.js';
import type {Room} from './room.js';
import {settled} from './rotate/rotate-screen.js';
import {guideCommands, guideLines} from './wizard/guide.js';
import {guideKeysOf} from './wizard/guide-keys.js';
import type {GuideOverlay} from './wizard/wizard-screen.js';

/** How to put a new secret in the place of a credential's, by hand. */
export type RotationScreen = {
	readonly kind: 'rotation';
	/** The credential's own id, its name, its public id, and its provider's id. */
	readonly of: string;
	readonly name: string;
	readonly id: string;
	readonly provider: string;
	/** Why it is done by hand, where nothing else can be. */
	readonly why?: string | undefined;
	/** What is known of its use here, once it is found. */
	readonly uses?: readonly string[] | undefined;
	readonly guide: GuideOverlay;
	readonly from: Screen;
};

declare module '../core/screen.js' {
	interface Screens {
		readonly rotation: RotationScreen;
	}
}

/** A line of the guide with the id of the old one, where that is what a shell takes as it is. */
function withId(line: string, id: string): string {
	return /^[\w.-]+$/.test(id) ? line.replaceAll('OLD_ID', id) : line;
}

/** The steps for a credential that exists, then the provider's for another secret; undefined where nothing is known. */
export function rotationGuide({
	name,
	id,
	provider,
	why,
	uses = [],
}: Pick<RotationScreen, 'name' | 'id' | 'provider' | 'why' | 'uses'>): Guide | undefined {
	const {guide} = providerOf(provider);
	if (guide === undefined) return undefined;
	const steps = [
		`Make a new one, as below, or at ${guide.page}`,
		'Press n here, type the new one in the place of the old one, and save with ctrl+s: the provider is asked at once.',
		'Check that everything that uses it works. Tools that ask pharmer get the new one at once; exported files still hold the old one.',
		`Revoke the old one: ${guide.revoke}`,
		'Press v for the versions, and d there to purge the old secret, which nothing needs any more.',
	];
	const [begins, make] =
		why === undefined
			? [`A new secret for ${visible(name)}:`, 'make']
			: [`The key of ${visible(name)} is replaced by hand: ${why}.`, 'Make'];
	const summary = `${begins} ${make} the new one first and revoke the old one last, so that nothing stops in between.`;
	return {
		...guide,
		summary,
		sections: [
			...(uses.length === 0 ? [] : [{title: 'What uses it here', lines: uses.map(visible), commands: false}]),
			{title: 'Rotate and revoke', lines: steps, commands: false},
			...(guide.another ?? guide.sections).map(each => ({...each, lines: each.lines.map(line => withId(line, id))})),
		],
	};
}

export function rotationScreen(credential: Credential, from: Screen, why?: string): RotationScreen {
	const {id: of, name, provider} = credential;
	return {kind: 'rotation', of, name, id: publicId(credential), provider, why, guide: {top: 0, choice: 0}, from};
}

function withPlan(from: Screen, plan: RotationPlan): Screen {
	return from.kind === 'rotate' ? {...from, plan} : from;
}

/** How the key that opens it is shown. */
export const rotationKey = {
	id: 'guide',
	keys: ['ctrl+g'],
	title: 'rotate',
	says: 'replaces its key, or shows how to',
	group: 'Act',
} as const satisfies Partial<Binding>;

/** Why nothing can be shown about the rotation of a credential; undefined when something can. */
export function noRotation({works}: State, {id, name, provider}: Credential): string | undefined {
	const {guide, title} = providerOf(provider);
	const work = works.get(id);
	if (work?.kind === 'revoke') return `${name} is being revoked: \`pharmer revoke ${name}\` goes on`;
	return guide === undefined && work === undefined ? `there is no guide for ${title}` : undefined;
}

/** Takes the new secret in the place of the old one. */
const newSecretKey: Binding<RotationScreen> = {
	id: 'new-secret',
	keys: ['n'],
	title: 'new secret',
	says: 'takes the new one, and asks the provider whether it works',
	group: 'Act',
	footer: 10,
	off: ({works}, {of}) => (works.has(of) ? 'its key is being replaced: ctrl+g in the list shows how far' : undefined),
	run(state, {of, from}) {
		const credential = state.credentials.find(({id}) => id === of);
		// The steps at the provider are for another day.
		const back = from.kind === 'rotate' ? from.from : from;
		return credential === undefined ? step(state) : step(show(state, rotatingScreen(credential, back)));
	},
};

const item = (screen: RotationScreen): string => {
	const guide = rotationGuide(screen);
	return guide ? placed(guideCommands(guide), screen.guide.choice, text => `command: ${visible(text)}`) : '';
};

/** Wide enough to keep the lines whole: the terminal wraps them. */
const unbroken = 10_000;

export const rotationRoom: Room<RotationScreen, 'rotation'> = {
	mode: () => 'rotation',
	keys: {
		rotation: [
			newSecretKey,
			...guideKeysOf<RotationScreen>({
				open(screen) {
					const guide = rotationGuide(screen);
					return guide && {guide, overlay: screen.guide};
				},
				put: (screen, guide) => ({...screen, guide}),
				close: (state, {from}) => (from.kind === 'rotate' ? settled(state, from) : step(show(state, from))),
			}),
		],
	},
	onResult: (state, screen, result) =>
		result.type === 'rotation-planned' && result.id === screen.of
			? step(show(state, {...screen, uses: result.plan.uses, from: withPlan(screen.from, result.plan)}))
			: undefined,
	crumbs: (_, {name}) => [name, 'rotate'],
	spoken: {
		isOverlay: true,
		body(_, screen) {
			const guide = rotationGuide(screen);
			const lines = guide === undefined ? [] : guideLines(guide, unbroken);
			return [...lines.map(({text}) => visible(text.trim())), item(screen)];
		},
		item: (_, screen) => item(screen),
		itemKey: (_, {guide}) => `${guide.choice}`,
		prompt: () => fixedPrompt('how to rotate'),
	},
};
