/** What a text for the command line means in the view: the keys in the place of its flags and commands. */
const keys: readonly (readonly [RegExp, string])[] = [
	[/`pharmer issue [^`]+ --name OTHER`/g, 'n'],
	[/`pharmer issue [^`]+`/g, 'enter'],
	[/run it again to go on/g, 'enter goes on'],
	[/: `--user NAME`; on a terminal you are asked/g, ' with `--user` of `pharmer issue`'],
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
