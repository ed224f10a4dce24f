/** What a person can give another colour, on top of a theme. */
export const colourNames = [
	'background',
	'text',
	'dim',
	'accent',
	'danger',
	'warning',
	'secret',
	'done',
	'border',
	'selectedText',
	'selectedBackground',
] as const;

export type ColourName = (typeof colourNames)[number];

/** The colours that were chosen, each as `isColour()` takes it. */
export type Colours = Readonly<Partial<Record<ColourName, string>>>;

export const noColours: Colours = {};

/** The terminal's own colours, in the spelling of chalk. */
export const terminalColours = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'].flatMap(name => [
	name,
	`${name}Bright`,
]);

/** Whether a text is a colour: `#rrggbb`, or the name of one of the terminal's own. */
export function isColour(text: unknown): text is string {
	return typeof text === 'string' && (/^#[\da-f]{6}$/i.test(text) || terminalColours.includes(text));
}
