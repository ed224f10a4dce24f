import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {PharmerError} from '../../source/domain/errors.js';
import {importers} from '../../source/look/importers.js';
import {look} from '../../source/look/look.js';
import {FileText} from '../../source/providers/file-text.js';
import {filesWorld} from '../helpers/import-world.js';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** The importer of the files in a folder of fixtures, where it is not called the same. */
const owners: Readonly<Record<string, string>> = {'aws-config': 'aws'};

/** Every tool's fixture: its path, its owner and its text. Those of AWS and of this program are of many kinds. */
const files = readdirSync(fixtures, {recursive: true, withFileTypes: true})
	.filter(entry => entry.isFile() && basename(entry.parentPath) !== 'fixtures')
	.map(({parentPath, name}) => {
		const folder = basename(parentPath);
		return {folder, name, owner: owners[folder] ?? folder, text: readFileSync(join(parentPath, name), 'utf8')};
	})
	.filter(({folder}) => !['aws', 'pharmer', 'answers'].includes(folder));

/** A word that only a message about that tool holds. */
const words: Readonly<Record<string, RegExp>> = {aws: /\bAWS\b/, openstack: /OpenStack/, gcloud: /Google/};

test('there is a fixture for every tool', () => {
	const known = new Set(files.map(({owner}) => owner));
	for (const {kind} of importers) assert.ok(['pharmer', 'aws'].includes(kind) || known.has(kind), kind);
});

for (const {folder, name, owner, text} of files) {
	test(`${folder}/${name} is taken by ${owner} and by no other`, async () => {
		const takers = importers.filter(({recognizes}) => recognizes(new FileText(text, name))).map(({kind}) => kind);
		// A script of variables is also a file of variables, which is looked at last.
		assert.ok(
			takers.every((kind, index) => kind === owner || (kind === 'dotenv' && index > 0)),
			takers.join(),
		);
		const world = filesWorld({[`/some/${name}`]: text});
		let told: string;
		try {
			const {found, refused, damaged} = await look([`/some/${name}`], world);
			assert.ok(
				found.every(({kind}) => kind === owner),
				found.map(({kind}) => kind).join(),
			);
			assert.ok(found.length + refused.length > 0);
			told = [...refused.map(({reason}) => reason), ...damaged.map(({problem}) => problem)].join('\n');
		} catch (error) {
			assert.ok(error instanceof PharmerError);
			told = `${error.message}\n${error.hint}`;
		}
		for (const [kind, word] of Object.entries(words)) {
			if (kind !== owner)
				assert.doesNotMatch(told.replaceAll('an AWS credentials file, the .csv file of the AWS', ''), word);
		}
	});

	test(`${folder}/${name}, read as any other tool's, gives nothing that is not in it`, () => {
		for (const importer of importers.filter(({kind}) => kind !== owner)) {
			try {
				const {found} = importer.read([text]);
				for (const {data} of found) {
					for (const value of data.values()) assert.ok(text.includes(value.reveal()), importer.kind);
				}
			} catch (error) {
				assert.ok(error instanceof PharmerError, `${importer.kind}: ${error}`);
			}
		}
	});
}

test('an INI file of no known tool is not called an AWS file', async () => {
	for (const text of ['[core]\nname = a\nsecret = b\n', '[section]\nuser = a\npassword = b\n']) {
		await assert.rejects(
			look(['/some.ini'], filesWorld({'/some.ini': text})),
			(error: unknown) => error instanceof PharmerError && !/AWS/.test(`${error.message}${error.hint}`),
		);
	}
});
