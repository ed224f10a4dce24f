import {readdirSync, readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

/**
 * The part of esbuild's metafile used here: for each output and input file, relative to the root, how many bytes of the
 * input are in the output.
 */
export type BundledInputs = {
	readonly outputs: Readonly<
		Record<string, {readonly inputs: Readonly<Record<string, {readonly bytesInOutput: number}>>}>
	>;
};

/**
 * Licences of packages that ship no licence file, by name: files in tools/licences. The yoga-layout package omits the
 * LICENSE of its repository, github.com/facebook/yoga, to which its sources refer.
 */
const keptHere: Readonly<Record<string, string>> = {'yoga-layout': 'yoga-layout.txt'};

const readText = (path: string): string => readFileSync(path, 'utf8').replaceAll('\r\n', '\n').trim();

/** The folders of packages with at least one byte in the bundle. */
function bundledFolders({outputs}: BundledInputs, root: string): ReadonlySet<string> {
	const used = Object.values(outputs)
		.flatMap(({inputs}) => Object.entries(inputs))
		.filter(([, {bytesInOutput}]) => bytesInOutput > 0);
	const folders = used.flatMap(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path) ?? []);
	return new Set(folders.map(folder => resolve(root, folder)));
}

/** The texts of a package's licence and NOTICE files. Throws an error that says what to do when there is no licence. */
function licenceTexts(folder: string, name: string): readonly string[] {
	const files = readdirSync(folder).sort();
	const licences = files.filter(file => /^(licen[cs]e|copying)/i.test(file)).map(file => join(folder, file));
	const kept = keptHere[name];
	if (kept !== undefined && licences.length > 0)
		throw new Error(`${name} ships its licence now: remove it from \`keptHere\` in tools/notices.ts`);
	if (kept !== undefined) licences.push(fileURLToPath(new URL(`licences/${kept}`, import.meta.url)));
	if (licences.length === 0)
		throw new Error(
			`${name} ships no licence file: add its licence to \`keptHere\` in tools/notices.ts, with the reason`,
		);
	const notices = files.filter(file => /^notice/i.test(file)).map(file => join(folder, file));
	return [...licences, ...notices].map(readText);
}

function noticeOf(folder: string): readonly [heading: string, text: string] {
	const {name, version, license} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	if (typeof license !== 'string') throw new Error(`${name} names no licence in its package.json`);
	return [`${name} ${version} (${license})`, licenceTexts(folder, name).join('\n\n')];
}

/**
 * The licences of all packages in the bundle, as one text, sorted: each package's name, version, licence id and full
 * texts.
 */
export function thirdPartyNotices(metafile: BundledInputs, root: string): string {
	const notices = new Map([...bundledFolders(metafile, root)].map(noticeOf));
	const line = '='.repeat(80);
	const parts = [...notices.keys()].sort().map(heading => `${line}\n${heading}\n${line}\n\n${notices.get(heading)}\n`);
	return ['The program in this folder contains code of the packages below, under their licences.\n', ...parts].join(
		'\n',
	);
}
