import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readSources} from '../../source/documents/sources.js';
import {PharmerError} from '../../source/domain/errors.js';
import {importers} from '../../source/look/importers.js';
import {readAwsAccessKeys} from '../../source/providers/aws/access-keys-csv.js';
import {readAwsCredentials} from '../../source/providers/aws/credentials-file.js';
import {FileText} from '../../source/providers/file-text.js';
import {parseToml} from '../../source/text/toml.js';
import {keyId, secretKey} from '../helpers/credentials.js';
import {machineFiles} from '../helpers/machine.js';
import {mutated, randomOf} from '../helpers/mutated.js';
import {size} from '../helpers/rounds.js';

const runs = size(1200, 100_000);
/** Pieces of this long of a secret are looked for in errors. */
const pieceLength = 10;

const ini = `; keys\n[default]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n\n[profile work]\nregion = eu-west-1\ns3 =\n  max_concurrent_requests = 20\n`;
const csv = `User name,Access key ID,Secret access key\n"ann ""a""",${keyId},${secretKey}\nbob,${keyId},"${secretKey}"\n`;
const toml = `active_context = "one"\n# two\n[[contexts]]\nname = "one"\ntoken = "${secretKey}"\n[contexts.more]\nwhen = 2027-01-31T00:00:00Z\nlist = [1, 2.5, true]\n`;
const json = JSON.stringify({accessKeyID: keyId, secretAccessKey: secretKey}, null, 1);
const nestedJson = JSON.stringify({accessKeyID: keyId, secretAccessKey: secretKey, more: [1, null, {a: 'b'}]}, null, 1);
const yaml = `apiVersion: v1beta1\nkind: Credential\nmetadata:\n  name: prod\n  labels: {team: infra}\n  annotations:\n    note: |\n      one\n      two\nspec:\n  data:\n    accessKeyID: ${keyId}\n    secretAccessKey: "${secretKey}"\n  provider: aws\n`;

/** Everything that reads text from somebody else. */
function readAll(text: string): void {
	readSources(text);
}

const formats: readonly (readonly [name: string, samples: readonly string[], read: (text: string) => unknown])[] = [
	['INI', [ini], readAwsCredentials],
	['CSV', [csv], readAwsAccessKeys],
	['TOML', [toml], parseToml],
	['JSON', [json, nestedJson], readAll],
	['YAML', [yaml], readAll],
];

/** The parts of a text that look like secrets: runs of letters and digits too long for a word. */
function secretsIn(text: string): readonly string[] {
	return (text.match(/[A-Za-z0-9+/_-]{24,}/g) ?? []).filter(each => /\d/.test(each) && /[A-Za-z]/.test(each));
}

/** What is thrown must be said on purpose, and hold no piece of a secret. */
function assertHelps(error: unknown, text: string, secrets: readonly string[] = [secretKey]): void {
	assert.ok(error instanceof PharmerError, `${JSON.stringify(text)} threw ${error}`);
	assert.equal(error.code, 'invalid', JSON.stringify(text));
	const said = `${error.message} ${error.hint ?? ''}`;
	for (const secret of secrets) {
		for (let at = 0; at + pieceLength <= secret.length; at += pieceLength / 2) {
			const piece = secret.slice(at, at + pieceLength);
			assert.ok(!said.includes(piece), `${JSON.stringify(text)} is answered with ${said}`);
		}
	}
}

for (const [name, samples, read] of formats) {
	test(`damaged ${name} texts are read or refused in words, without a crash, and no error holds a secret`, test => {
		const random = randomOf(20_190_404);
		let refused = 0;
		for (let run = 0; run < runs; run++) {
			const text = mutated(samples[run % samples.length] ?? '', random);
			try {
				read(text);
			} catch (error) {
				refused++;
				assertHelps(error, text);
			}
		}
		test.diagnostic(`${refused} of ${runs} damaged texts were refused`);
		// The changes are worth something only when some break the text and some do not.
		assert.ok(refused > runs / 50 && refused < runs, `${refused} were refused`);
	});
}

const perImporter = size(50, 2000);

test("damaged texts of each importer's own are read or refused in words, and no error holds a secret", test => {
	const random = randomOf(7);
	let refused = 0;
	for (const importer of importers) {
		const texts = Object.values(machineFiles[importer.kind] ?? {});
		const secrets = texts.flatMap(secretsIn);
		for (let run = 0; run < perImporter; run++) {
			const text = mutated(texts[random(texts.length)] ?? '', random);
			importer.recognizes(new FileText(text, 'config'));
			try {
				importer.read([text, mutated(texts[random(texts.length)] ?? '', random)]);
			} catch (error) {
				refused++;
				assertHelps(error, text, secrets);
			}
		}
	}
	test.diagnostic(`${refused} of ${perImporter} damaged texts for each of ${importers.length} importers were refused`);
});
