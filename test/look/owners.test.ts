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

type ToolFile = {readonly title: string; readonly name: string; readonly owner: string; readonly text: string};

/** The importer of a folder of fixtures, or of a file, where it is not called as the folder. */
const owners: Readonly<Record<string, string>> = {'aws-config': 'aws', 'aws/older-manifest.json': 'pharmer'};

/** The tools' own importers; `pharmer` reads what an older version of this program left. */
const tools: readonly string[] = importers.map(({kind}) => kind).filter(kind => kind !== 'pharmer');

/** Every tool's fixture. Those of `aws/` are of many kinds, and most of them no tool's. */
const samples: readonly ToolFile[] = readdirSync(fixtures, {recursive: true, withFileTypes: true})
	.filter(entry => entry.isFile() && !['fixtures', 'answers'].includes(basename(entry.parentPath)))
	.map(({parentPath, name}) => {
		const folder = basename(parentPath);
		const title = `${folder}/${name}`;
		const owner = owners[title] ?? owners[folder] ?? folder;
		return {title, name, owner, text: readFileSync(join(parentPath, name), 'utf8')};
	});

/** The files that a tool's own library was asked about. */
const asked: readonly ToolFile[] = readdirSync(join(fixtures, 'answers')).flatMap(json => {
	const {cases} = JSON.parse(readFileSync(join(fixtures, 'answers', json), 'utf8'));
	const owner = json.replace('.json', '');
	return (cases as readonly {title: string; files: Readonly<Record<string, readonly string[] | string>>}[]).flatMap(
		({title, files}) =>
			Object.entries(files).flatMap(([path, lines]) =>
				typeof lines === 'string'
					? []
					: [{title: `${owner}, ${title}, ${path}`, name: basename(path), owner, text: lines.join('\n')}],
			),
	);
});

/** Words that only a message about that provider's tools holds. */
const words: Readonly<Record<string, RegExp>> = {
	aws: /\bAWS\b/,
	gcloud: /Google/,
	az: /Azure/,
	'azure-credentials': /Azure/,
	doctl: /DigitalOcean|doctl/,
	'linode-cli': /Linode/,
	'vultr-cli': /[Vv]ultr/,
	scw: /Scaleway|\bscw\b/,
	hcloud: /Hetzner|hcloud/,
	wrangler: /Cloudflare|Wrangler/,
	ovh: /OVH/,
	ibmcloud: /IBM|SoftLayer|slcli/,
	softlayer: /IBM|SoftLayer|slcli/,
	aliyun: /Alibaba|aliyun/,
	alibabacloud: /Alibaba|aliyun/,
	oci: /Oracle|\boci\b/,
	civo: /Civo/,
	upctl: /UpCloud|upctl/,
	exoscale: /Exoscale/,
	openstack: /OpenStack(?! user)/,
	metal: /Equinix/,
};

test('there is a fixture for every tool', () => {
	const known = new Set(samples.map(({owner}) => owner));
	for (const kind of tools) assert.ok(known.has(kind), kind);
});

/** Whether a text holds a value as it stands, or perhaps in another spelling, with escapes. */
function isIn(text: string, value: string): boolean {
	return text.includes(value) || text.includes('\\');
}

/** What is found in a file that somebody names, by the kind of its source, and what is told about the rest. */
async function lookAt({name, text}: ToolFile): Promise<{readonly kinds: readonly string[]; readonly told: string}> {
	try {
		const {found, refused, damaged} = await look([`/some/${name}`], filesWorld({[`/some/${name}`]: text}));
		const told = [...refused.map(({reason}) => reason), ...damaged.map(({problem}) => problem)];
		return {kinds: found.map(({kind}) => kind), told: told.join('\n')};
	} catch (error) {
		assert.ok(error instanceof PharmerError);
		return {kinds: [], told: `${error.message}\n${error.hint}`};
	}
}

for (const file of [...samples, ...asked]) {
	const {title, name, owner, text} = file;

	test(`${title} is taken by ${owner} and by no other`, async () => {
		const takers = importers.filter(({recognizes}) => recognizes(new FileText(text, name))).map(({kind}) => kind);
		// A script of variables is also a file of variables, which is looked at last.
		const isOther = (kind: string, index: number) => kind !== owner && !(kind === 'dotenv' && index > 0);
		assert.deepEqual(takers.filter(isOther), []);
		const {kinds, told} = await lookAt(file);
		// Whatever is no tool's can still be an object of fields, a manifest or a download of a console.
		assert.deepEqual(
			kinds.filter(kind => kind !== owner && kind !== 'file'),
			[],
		);
		assert.ok(kinds.length > 0 || told !== '');
		// The hints about a file that nobody knows name the formats of AWS that are read, or every provider.
		const rest = told.replaceAll('an AWS credentials file, the .csv file of the AWS', '').replace(/PROVIDER is .*/, '');
		for (const [kind, word] of Object.entries(words)) {
			if (words[owner]?.source !== word.source) assert.doesNotMatch(rest, word, kind);
		}
	});

	test(`${title}, read as any other tool's, gives nothing that is not in it`, () => {
		for (const importer of importers.filter(({kind}) => kind !== owner)) {
			try {
				const {found} = importer.read([text]);
				for (const {data} of found) {
					for (const value of data.values()) assert.ok(isIn(text, value.reveal()), importer.kind);
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
