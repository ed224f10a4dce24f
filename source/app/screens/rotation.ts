import {publicId} from '../../credentials/public-id.js';
import type {Credential} from '../../domain/credential.js';
import {providerOf} from '../../providers/catalog.js';
import type {Guide} from '../../providers/provider.js';
import {visible} from '../../text/visible.js';
import type {Binding} from '../core/binding.js';
import {fixedPrompt} from '../core/prompt.js';
import type {Screen} from '../core/screen.js';
import {placed} from '../core/spoken-words.js';
import {show, step} from '../core/step.js';
import type {Room} from './room.js';
import {guideCommands, guideLines} from './wizard/guide.js';
import {guideKeysOf} from './wizard/guide-keys.js';
import type {GuideOverlay} from './wizard/wizard-screen.js';

/** How to put a new secret in the place of a credential's, by hand. */
export type RotationScreen = {
	readonly kind: 'rotation';
	/** Its name, its public id, and its provider's id. */
	readonly name: string;
	readonly id: string;
	readonly provider: string;
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
}: Pick<RotationScreen, 'name' | 'id' | 'provider'>): Guide | undefined {
	const {guide} = providerOf(provider);
	if (guide === undefined) return undefined;
	const steps = [
		`Make a new one, as below, or at ${guide.page}`,
		'Back in the credential, e edits: put the new values in the place of the old ones, and ctrl+s saves.',
		'See that what uses it works. What asks pharmer has the new one at once; files that were exported have the old one.',
		`Revoke the old one: ${guide.revoke}`,
		'v lists the versions: d there purges the old secret, which nothing needs any more.',
	];
	const summary = `A new secret for ${visible(name)}: the new one first and the old one last, so that nothing stops in between.`;
	return {
		...guide,
		summary,
		sections: [
			{title: 'Rotate and revoke', lines: steps, commands: false},
			...(guide.another ?? guide.sections).map(each => ({...each, lines: each.lines.map(line => withId(line, id))})),
		],
	};
}

export function rotationScreen(credential: Credential, from: Screen): RotationScreen {
	const {name, provider} = credential;
	return {kind: 'rotation', name, id: publicId(credential), provider, guide: {top: 0, choice: 0}, from};
}

/** How the key that opens it is shown. */
export const rotationKey = {
	id: 'guide',
	keys: ['ctrl+g'],
	title: 'how to rotate',
	says: 'shows how to make a new one and revoke the old one',
	group: 'Act',
} as const satisfies Partial<Binding>;

/** Why there is no guide for a credential; undefined when there is one. */
export function noRotation({provider}: Credential): string | undefined {
	const {guide, title} = providerOf(provider);
	return guide === undefined ? `there is no guide for ${title}` : undefined;
}

const item = (screen: RotationScreen): string => {
	const guide = rotationGuide(screen);
	return guide ? placed(guideCommands(guide), screen.guide.choice, text => `command: ${visible(text)}`) : '';
};

/** Wide enough to keep the lines whole: the terminal wraps them. */
const unbroken = 10_000;

export const rotationRoom: Room<RotationScreen, 'rotation'> = {
	mode: () => 'rotation',
	keys: {
		rotation: guideKeysOf<RotationScreen>({
			open(screen) {
				const guide = rotationGuide(screen);
				return guide && {guide, overlay: screen.guide};
			},
			put: (screen, guide) => ({...screen, guide}),
			close: (state, {from}) => step(show(state, from)),
		}),
	},
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
