/** A colour as one number, 0xRRGGBB, as the terminal emulator has it. */
export type Rgb = number;

export function rgbOf(hex: string): Rgb {
	if (!/^#[0-9a-f]{6}$/.test(hex)) throw new Error(`${hex} is no colour such as #0a1b2c`);
	return Number.parseInt(hex.slice(1), 16);
}

const channels = (color: Rgb): readonly [number, number, number] => [color >> 16, (color >> 8) & 255, color & 255];

/** The relative luminance of WCAG 2.2. */
function luminance(color: Rgb): number {
	const [red, green, blue] = channels(color).map(channel => {
		const share = channel / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** The contrast ratio of WCAG 2.2, from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
	const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
	return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** Which of a terminal's 256 colours chalk takes for it. */
export function paletteIndex(color: Rgb): number {
	const [red, green, blue] = channels(color);
	if (red === green && green === blue) {
		if (red < 8) return 16;
		return red > 248 ? 231 : Math.round(((red - 8) / 247) * 24) + 232;
	}
	const [r, g, b] = [red, green, blue].map(channel => Math.round((channel / 255) * 5));
	return 16 + 36 * (r ?? 0) + 6 * (g ?? 0) + (b ?? 0);
}

const steps = [0, 95, 135, 175, 215, 255];

/** The colour of that index, from 16 on: the ones before are the terminal's own. */
export function paletteColor(index: number): Rgb {
	if (index < 16 || index > 255) throw new Error(`colour ${index} is the terminal's own`);
	if (index >= 232) return (8 + 10 * (index - 232)) * 0x010101;
	const at = (place: number): number => steps[Math.floor((index - 16) / place) % 6] ?? 0;
	return (at(36) << 16) | (at(6) << 8) | at(1);
}

/** Which of the 16 colours chalk takes for one of the 256: 0 to 7, and 8 to 15 for the bright ones. */
export function basicIndex(index: number): number {
	const shares =
		index >= 232
			? [0, 0, 0].fill(((index - 232) * 10 + 8) / 255)
			: [36, 6, 1].map(place => (Math.floor((index - 16) / place) % 6) / 5);
	const value = Math.max(...shares) * 2;
	if (value === 0) return 0;
	const [red, green, blue] = shares.map(Math.round);
	return ((blue ?? 0) << 2) + ((green ?? 0) << 1) + (red ?? 0) + (value === 2 ? 8 : 0);
}
