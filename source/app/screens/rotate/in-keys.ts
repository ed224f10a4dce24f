/** What a text for the command line means in the view: the keys in the place of its flags and commands. */
const keys: readonly (readonly [RegExp, string])[] = [
	[/`pharmer rotate [^`]+ --resume`/g, 'enter'],
	[/`--with NAME`/g, 'w chooses it'],
	[/`pharmer health`/g, 'H'],
	[/`pharmer verify`/g, 'V'],
	[/--resume(?: on a terminal)?/g, 'enter'],
	[/--undo/g, 'u'],
];

/** A failure's text with the keys of the view in it. */
export function inKeys(text: string): string {
	return keys.reduce((before, [form, key]) => before.replace(form, key), text);
}
