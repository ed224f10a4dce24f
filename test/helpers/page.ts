import {readFileSync} from 'node:fs';

/** A line of a page that a reader may type: what it prints where the page says so, and its exit code. */
export type Command = {
	readonly line: string;
	/** The lines it prints; `…` alone stands for any number of them. Undefined where the page does not say. */
	readonly shown: readonly string[] | undefined;
	readonly code: number;
	/** Where it stands: `docs/vault.md:12`. */
	readonly at: string;
};

/** A file that a page shows; its first line, `# NAME`, names it and is no part of it where comments can't be. */
export type PageFile = {readonly name: string; readonly content: string};

type Block = {readonly language: string; readonly lines: readonly string[]; readonly at: number};

function blocksOf(text: string): readonly Block[] {
	const blocks: Block[] = [];
	let open: {language: string; lines: string[]; at: number} | undefined;
	for (const [index, line] of text.split('\n').entries()) {
		const fence = /^```(\w*)$/.exec(line);
		if (open === undefined && fence !== null) open = {language: fence[1] ?? '', lines: [], at: index + 2};
		else if (open !== undefined && fence !== null) {
			blocks.push(open);
			open = undefined;
		} else open?.lines.push(line);
	}
	return blocks;
}

/** A command with the exit code that a comment after it says. */
function command(typed: string, shown: readonly string[] | undefined, at: string): Command {
	return {line: typed, shown, code: Number(/# exit code (\d+)/.exec(typed)?.[1] ?? 0), at};
}

function commandsOf({language, lines, at}: Block, path: string): readonly Command[] {
	const place = (index: number): string => `${path}:${at + index}`;
	if (language === 'sh') {
		return lines.flatMap((line, index) => (/^(#|\s*$)/.test(line) ? [] : [command(line, undefined, place(index))]));
	}
	const starts = lines.flatMap((line, index) => (line.startsWith('$ ') ? [index] : []));
	return starts.map((start, index) =>
		command(lines[start]?.slice(2) ?? '', lines.slice(start + 1, starts[index + 1] ?? lines.length), place(start)),
	);
}

/**
 * What a page of the project has a reader type, in order, and the files it shows: its `sh` blocks, a command a line, its
 * `console` blocks, each line after a `$`, and blocks whose first line is a file's name after `# `.
 */
export function readPage(path: string): readonly (Command | PageFile)[] {
	const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
	return blocksOf(text).flatMap((block): readonly (Command | PageFile)[] => {
		const name = /^# (\S+)$/.exec(block.lines[0] ?? '')?.[1];
		if (name !== undefined) return [{name, content: `${block.lines.slice(1).join('\n')}\n`}];
		return block.language === 'sh' || block.language === 'console' ? commandsOf(block, path) : [];
	});
}

/** The `pharmer` lines in a page's sentences, each with its words as typed. */
export function mentioned(path: string): readonly string[] {
	const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8').replace(/```[\s\S]*?```/g, '');
	return [...text.matchAll(/`(pharmer [^`]+)`/g)].map(match => (match[1] ?? '').replace(/\s+/g, ' '));
}
