import assert from 'node:assert/strict';
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {test} from 'node:test';
import {importers} from '../../source/look/importers.js';
import {look} from '../../source/look/look.js';
import {importWorld} from '../../source/look/this-machine.js';
import {temporaryHome} from '../helpers/program.js';

/** What the tool's own library makes of files, in the names of our fields. */
type Answers = {
	/** The library and its version, or the source that was read, with the place. */
	readonly reader: string;
	readonly cases: readonly {
		readonly title: string;
		/** By path, where `~` is the home directory: the lines, or the bytes in base64. `{home}` in a line is its path. */
		readonly files: Readonly<Record<string, readonly string[] | string>>;
		readonly environment?: Readonly<Record<string, string>>;
		/** Each account that the tool could use: our fields, and the label of the find. */
		readonly answer: readonly Readonly<Record<string, string>>[];
		/** A part of each reason why the rest can't be kept. */
		readonly told?: readonly string[];
	}[];
};

const folder = new URL('../fixtures/answers/', import.meta.url);

for (const name of readdirSync(folder)) {
	const kind = name.replace('.json', '');
	const {reader, cases}: Answers = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

	for (const {title, files, environment, answer, told = []} of cases) {
		test(`${kind}, as ${reader} reads it: ${title}`, async context => {
			const home = temporaryHome(context);
			const placed = (text: string) => text.replaceAll('{home}', home);
			for (const [path, lines] of Object.entries(files)) {
				const file = path.replace('~', home);
				mkdirSync(dirname(file), {recursive: true});
				writeFileSync(file, typeof lines === 'string' ? Buffer.from(lines, 'base64') : placed(lines.join('\n')));
			}
			const variables: readonly [string, string][] = Object.entries(environment ?? {}).map(([key, value]) => [
				key,
				placed(value),
			]);
			const given: Readonly<Record<string, string>> = {HOME: home, ...Object.fromEntries(variables)};
			const config = given.XDG_CONFIG_HOME ?? `${home}/.config`;
			const places = {environment: given, platform: 'linux', home, config, userConfig: config} as const;
			const world = {...importWorld(given), places, now: () => new Date('2026-03-01T12:00:00Z')};
			const {found, refused, damaged} = await look([], world, [kind]);
			const finds = found.map(({label, data}) => ({
				label,
				...Object.fromEntries([...data].map(([key, value]) => [key, value.reveal()])),
			}));
			const byText = (one: object, other: object) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
			const sorted = (account: object) => Object.fromEntries(Object.entries(account).sort());
			assert.deepEqual(
				finds.map(sorted).sort(byText),
				answer.map(account => sorted(JSON.parse(placed(JSON.stringify(account))))).sort(byText),
			);
			const reasons = [
				...refused.map(({label, reason}) => `${label}: ${reason}`),
				...damaged.map(({problem}) => problem),
			];
			assert.equal(reasons.length, told.length, reasons.join('\n'));
			for (const part of told)
				assert.ok(
					reasons.some(reason => reason.includes(part)),
					`${part} is not in\n${reasons.join('\n')}`,
				);
		});
	}
}

test('the answers of each tool are to twelve files at least', () => {
	const counts = readdirSync(folder).map(name => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Answers);
	for (const {reader, cases} of counts) assert.ok(cases.length >= 12, reader);
	assert.deepEqual(
		readdirSync(folder)
			.map(name => name.replace('.json', ''))
			.sort(),
		importers
			.map(({kind}) => kind)
			.filter(kind => kind !== 'pharmer')
			.sort(),
	);
});
