import type {ReactNode} from 'react';
import type {Screen} from '../../source/app/core/screen.js';
import type {State} from '../../source/app/core/state.js';
import {type Layout, layout as layoutOf} from '../../source/app/layout/layout.js';
import {type FrameOptions, frameOf} from './frame.js';

export {layoutOf};

/** What a view is drawn from. */
export type Given<Kind extends Screen['kind']> = {
	readonly state: State;
	readonly screen: Extract<Screen, {readonly kind: Kind}>;
	readonly layout: Layout;
};

function isOn<Kind extends Screen['kind']>(
	screen: Screen,
	kinds: readonly Kind[],
): screen is Extract<Screen, {readonly kind: Kind}> {
	return kinds.some(kind => kind === screen.kind);
}

/** What a view shows of a state on a screen of one of those kinds, in the state's window. */
export function viewer<Kind extends Screen['kind']>(
	kinds: readonly Kind[],
	view: (given: Given<Kind>) => ReactNode,
): (state: State, options?: Pick<FrameOptions, 'ascii'>) => string {
	return (state, options = {}) => {
		const {screen, size} = state;
		if (!isOn(screen, kinds)) throw new Error(`on the screen ${screen.kind}, not on ${kinds.join(' or ')}`);
		return frameOf(view({state, screen, layout: layoutOf(size)}), {...size, ...options});
	};
}
