import type {ThemeName} from '../../source/domain/theme-name.js';
import {makeTheme} from '../../source/ui/theme.js';

/** The least contrast of text: WCAG AA, and AAA where that is what the theme is for. */
export const textContrast = {light: 4.5, dark: 4.5, 'high-contrast': 7} as const;

/** What each tone of a theme looks like; one that says no colour of its own fails. */
export function themePairs(name: ThemeName) {
	const {tones, background: window} = makeTheme(true, true, name);
	return Object.entries(tones).map(([tone, {color, backgroundColor: background = window, dimColor, inverse}]) => {
		if (color === undefined || background === undefined || dimColor || inverse) throw new Error(`${name}: ${tone}`);
		return {tone, color: String(color), background: String(background)};
	});
}
