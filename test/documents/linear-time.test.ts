import assert from 'node:assert/strict';
import {test} from 'node:test';
import {graphemes} from '../../source/app/input/keys.js';
import {mergeEnvironments} from '../../source/credentials/merged-environment.js';
import {isCancelled, withProblem} from '../../source/documents/edited-manifest.js';
import {exportDotenv} from '../../source/documents/exports/dotenv.js';
import {renderYaml} from '../../source/documents/manifest.js';
import {readSources} from '../../source/documents/sources.js';
import {PharmerError} from '../../source/domain/errors.js';
import {Secret} from '../../source/domain/secret.js';
import {readAwsAccessKeys} from '../../source/providers/aws/access-keys-csv.js';
import {editAwsConfig} from '../../source/providers/aws/config-edit.js';
import {providerOf} from '../../source/providers/catalog.js';
import {parseAssignments} from '../../source/text/assignments.js';
import {parseIni} from '../../source/text/ini.js';
import {parseToml} from '../../source/text/toml.js';
import {storedCredential} from '../helpers/credentials.js';
import {assertFamiliesLinear, assertLinear, type Family} from '../helpers/linear.js';
import {size} from '../helpers/rounds.js';

const single = [...' \t\n\r"\'`[]{}<>@=#\\:;,-.!&*|?%~/_a0\u2028é', '\r\n'];
const double = [
	'\n ',
	'\n\t',
	'\n- ',
	'""',
	"''",
	'"""',
	"'''",
	'\\n',
	'\\"',
	',-',
	',"',
	'a:',
	'a: ',
	'a=',
	'=#',
	'k="',
];
const lines = [
	'a=\n',
	'a: \n',
	'[a]\n',
	'[[a]]\n',
	'#\n',
	'---\n',
	'A="\n"\n',
	"A='\n",
	' \n',
	'a.b=1\n',
	'? a\n',
	'a,b\n',
];
const units = [...single, ...double, ...lines];

/** Each unit after each of those beginnings, alone and with an end that spoils it. */
function behind(...starts: readonly string[]): readonly Family[] {
	return starts.flatMap(start => units.flatMap(unit => ['', '\nx'].map(end => [start, unit, end] as const)));
}

/** Runs a reader on a text. The reader may refuse it with a `PharmerError`; any other error is thrown. */
function refusing(read: (text: string) => unknown): (text: string) => unknown {
	return text => {
		try {
			return read(text);
		} catch (error) {
			if (error instanceof PharmerError) return undefined;
			throw error;
		}
	};
}

const readers: Readonly<Record<string, readonly [read: (text: string) => unknown, families: readonly Family[]]>> = {
	'YAML, and what tells formats apart': [readSources, behind('', 'a: ', 'a: "', 'a: |\n ', '- ', '{"a": [')],
	TOML: [parseToml, behind('', 'a = "', 'a = """', "a = '''", 'a = [', 'a = {', '[a]\nb = ')],
	INI: [parseIni, behind('', '[a', '[a]\nb = ', '[a]\nb=c\n ')],
	'INI without comments behind values': [text => parseIni(text, 'plain'), behind('', '[a]\nb = ', '[a]\nb=c\n ')],
	variables: [text => parseAssignments(text), behind('', 'A=', 'A="', "A='", 'export ')],
	'variables in bash': [text => parseAssignments(text, 'bash'), behind('', 'A=', 'A="', "A='", "A=$'", 'export ')],
	'variables in other shells': [
		text => parseAssignments(text),
		behind(
			'',
			"$env:A = '",
			'$env:A = ',
			'set A=',
			'set "A=',
			"set -gx A '",
			'set -gx ',
			'setenv ',
			"export A='b'\\''",
		),
	],
	CSV: [readAwsAccessKeys, behind('', 'Access key ID,Secret access key\n', 'Access key ID,Secret access key\n"')],
	'the config file of AWS': [
		text => editAwsConfig(text, {profile: 'a', process: 'x aws credential-process a', region: 'r', replace: true}),
		behind('', '[profile a]\n', '[profile a]\ncredential_process = ', '[profile '),
	],
	'an edited manifest': [text => [isCancelled(text), withProblem(text, 'x')], behind('', '# problem: ')],
	'the characters of a text': [graphemes, behind('')],
};

for (const [name, [read, families]] of Object.entries(readers)) {
	test(`${name}: reading takes time linear in the length of any text`, () => {
		assertFamiliesLinear(name, refusing(read), families, size(1024, 4096));
	});
}

test('scripts of many assignments on a line, or of many quotes that nothing closes, are read in linear time', () => {
	const units = ['A=x ', "A='\\'$'\n", "A=$'\n", 'A="\n', "A='\\'$'\nB=$x\n"];
	for (const unit of units) {
		const text = (length: number): string => `#!/bin/sh\n${unit.repeat(length / unit.length)}`;
		assertLinear(JSON.stringify(unit), parseAssignments, text, [1024, 16 * 1024]);
	}
	assert.ok(parseAssignments(`#!/bin/sh\n${'A=x '.repeat(250_000)}`).values.size === 1);
});

test('writes and passes on a credential in time linear in its number of fields', () => {
	const credentialOf = (text: string) => {
		const data = new Map(text.split(' ').map((value, index) => [`field-${index}`, new Secret(value)]));
		return [storedCredential('many', {provider: 'generic', data})];
	};
	const uses = {
		yaml: (text: string) => renderYaml(credentialOf(text)),
		dotenv: (text: string) => exportDotenv(credentialOf(text)),
		variables: (text: string) => mergeEnvironments(credentialOf(text), false, providerOf).set,
	};
	assert.equal(uses.variables('a b c').size, 3);
	for (const [name, write] of Object.entries(uses)) {
		assertLinear(name, write, length => 'value '.repeat(length / 6), [1024, 16 * 1024]);
	}
});
