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

/** Data of others among the sources: the heading of its notice and its licence in tools/licences, by its file. */
const data: Readonly<Record<string, {readonly heading: string; readonly licence: string}>> = {
	'source/domain/common-passwords.ts': {
		heading: 'common-passwords.txt of Django 5.2 (BSD-3-Clause)',
		licence: 'django.txt',
	},
};

const readText = (path: string): string => readFileSync(path, 'utf8').replaceAll('\r\n', '\n').trim();

const keptLicence = (name: string): string => fileURLToPath(new URL(`licences/${name}`, import.meta.url));

/** The files with at least one byte in the bundle, without what the build writes itself, which is in a namespace. */
function bundledFiles({outputs}: BundledInputs): readonly string[] {
	return Object.values(outputs)
		.flatMap(({inputs}) => Object.entries(inputs))
		.flatMap(([path, {bytesInOutput}]) => (bytesInOutput > 0 && !/^[\w-]+:/.test(path) ? [path] : []));
}

/** The folders of the packages that those files are of. */
function foldersOf(files: readonly string[], root: string): ReadonlySet<string> {
	const folders = files.flatMap(path => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path) ?? []);
	return new Set(folders.map(folder => resolve(root, folder)));
}

/** The texts of a package's licence and NOTICE files. Throws an error that says what to do when there is no licence. */
function licenceTexts(folder: string, name: string): readonly string[] {
	const files = readdirSync(folder).sort();
	const licences = files.filter(file => /^(licen[cs]e|copying)/i.test(file)).map(file => join(folder, file));
	const kept = keptHere[name];
	if (kept !== undefined && licences.length > 0)
		throw new Error(`${name} ships its licence now: remove it from \`keptHere\` in tools/notices.ts`);
	if (kept !== undefined) licences.push(keptLicence(kept));
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

function dataNotice(path: string): readonly (readonly [heading: string, text: string])[] {
	const kept = data[path];
	return kept === undefined ? [] : [[kept.heading, readText(keptLicence(kept.licence))]];
}

/**
 * The licences of all packages in the bundle and of the data of others in it, as one text, sorted: the name, version and
 * licence id of each, and the full texts under all that have them.
 */
export function thirdPartyNotices(metafile: BundledInputs, root: string): string {
	const files = bundledFiles(metafile);
	const notices = new Map([...[...foldersOf(files, root)].map(noticeOf), ...files.flatMap(dataNotice)]);
	const headings = new Map<string, string[]>();
	for (const heading of [...notices.keys()].sort()) {
		const text = notices.get(heading) ?? '';
		headings.set(text, [...(headings.get(text) ?? []), heading]);
	}
	const line = '='.repeat(80);
	const parts = [...headings].map(([text, own]) => `${[line, ...own, line].join('\n')}\n\n${text}\n`);
	return [
		'The program in this folder contains code of the packages below, and data, under their licences.\n',
		...parts,
	].join('\n');
}
