import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {type Node, SyntaxKind} from 'typescript/unstable/ast';
import {API} from 'typescript/unstable/sync';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A regular expression as it is written in the source. */
export type Literal = {
	/** The file, below the project. */
	readonly path: string;
	readonly pattern: RegExp;
	/** Whether a text is taken apart or changed at every match, and not at the first alone. */
	readonly repeats: boolean;
};

/** What makes an expression of a text that is written out where it is called. */
const lateExpressions = 'source/text/late-expression.ts';

const repeating = ['split', 'matchAll', 'replaceAll'];

/**
 * Every regular expression in `cli.tsx` and below `source/`, as the compiler's parser finds them. Throws for one that
 * is made at run time, which nobody could find.
 */
export function literalsInSource(): readonly Literal[] {
	const files = readdirSync(join(root, 'source'), {recursive: true, encoding: 'utf8'}).map(file => `source/${file}`);
	const api = new API({cwd: root});
	try {
		const [project] = api.updateSnapshot({openProjects: [join(root, 'tsconfig.json')]}).getProjects();
		return ['cli.tsx', ...files.filter(file => /\.tsx?$/.test(file))].flatMap(path => {
			const file = project?.program.getSourceFile(join(root, path));
			if (file === undefined) throw new Error(`the compiler knows no file ${path}`);
			return literalsIn(file, path);
		});
	} finally {
		api.close();
	}
}

function literalsIn(node: Node, path: string): readonly Literal[] {
	if (node.kind === SyntaxKind.Identifier && node.getText() === 'RegExp' && isMade(node.parent)) {
		if (path === lateExpressions) return [];
		throw new Error(`${path} makes a regular expression at run time: write it out`);
	}
	if (node.kind === SyntaxKind.CallExpression && node.getText().startsWith('lateExpression(')) {
		const call = /^lateExpression\(\s*String\.raw`([^`$]*)`,\s*'(\w*)',?\s*\)$/.exec(node.getText());
		const [, source, flags = ''] = call ?? [];
		if (source === undefined) throw new Error(`${path} makes a regular expression of something else than a text`);
		return [{path, pattern: new RegExp(source, flags), repeats: flags.includes('g')}];
	}
	if (node.kind === SyntaxKind.RegularExpressionLiteral) {
		const text = node.getText();
		const end = text.lastIndexOf('/');
		const pattern = new RegExp(text.slice(1, end), text.slice(end + 1));
		const call = node.parent.getText().slice(0, node.getStart() - node.parent.getStart());
		return [{path, pattern, repeats: pattern.global || repeating.some(name => call.endsWith(`.${name}(`))}];
	}
	const found: Literal[] = [];
	node.forEachChild(child => {
		found.push(...literalsIn(child, path));
	});
	return found;
}

function isMade({kind}: Node): boolean {
	return kind === SyntaxKind.NewExpression || kind === SyntaxKind.CallExpression;
}
