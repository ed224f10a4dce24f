import {PharmerError} from '../domain/errors.js';
import {assertNoteFits} from '../domain/field-limit.js';
import {nameKey} from '../domain/name.js';
import type {Secret} from '../domain/secret.js';
import {looksLikeAwsCsv, readAwsAccessKeys} from '../providers/aws/access-keys-csv.js';
import {unwrapAws} from '../providers/aws/cli-output.js';
import {readAwsCredentials} from '../providers/aws/credentials-file.js';
import {aws} from '../providers/aws/schema.js';
import {parseProvider, providers} from '../providers/catalog.js';
import {readFields, spellingsOf} from '../providers/field-map.js';
import {fold, type Provider} from '../providers/provider.js';
import {looksLikeAssignments, parseAssignments} from '../text/assignments.js';
import {cleanInput} from '../text/input-text.js';
import {isNothing, type MapNode, type Node} from '../text/node.js';
import {invalidAt} from '../text/position.js';
import {parseYaml} from '../text/yaml.js';
import type {Manifest} from './manifest-reader.js';
import {isManifest, manifestFrom, manifestNodes} from './manifest-reader.js';

/** The fields of one credential in a file. Required fields may be missing; `checkData()` reports them. */
export type Source = {
	/** Its name in the file: a profile, a user, a manifest's name. Empty when it has none. */
	readonly label: string;
	/**
	 * `aws-access-keys` is the output of the console or the `aws` command for a new key; `tool` is a file of a provider's
	 * own tool.
	 */
	readonly format: 'fields' | 'manifest' | 'aws-credentials' | 'aws-access-keys' | 'tool';
	readonly provider: Provider;
	/** In the provider's field order, values to the byte, without empty values. */
	readonly data: ReadonlyMap<string, Secret>;
	/** What only some of the tools that read the file take, as a sentence. */
	readonly remark?: string;
	/** The rest of a manifest. */
	readonly manifest?: Omit<Manifest, 'provider' | 'data'>;
};

export type Sources = readonly [Source, ...Source[]];

/**
 * Reads the credentials in a text, whose format is detected from its content: a JSON or YAML object of fields, one or
 * more manifests or a `CredentialList`, an AWS credentials or config file, a `.csv` file from the AWS console, or the
 * output of `aws iam create-access-key`, `aws sts` and a `credential_process`. Without `provider`, the text has to
 * determine it. `documents` are the text's YAML documents, if already parsed. Throws `invalid` with line and column for
 * anything else, for another provider's content, and for a text over 1 MiB. No error contains a value from the text.
 */
export function readSources(text: string, provider?: Provider, documents?: readonly Node[]): Sources {
	const clean = cleanInput(text);
	if (looksLikeAwsCsv(clean)) {
		return fromAws(readAwsAccessKeys(clean), 'aws-access-keys', provider);
	}
	if (looksLikeIni(clean)) {
		if (provider === undefined && !mayBeAws(clean)) {
			throw new PharmerError(
				'invalid',
				'it is an INI file, of no tool that is known here',
				'docs/providers.md lists them',
			);
		}
		return fromAws(readAwsCredentials(clean), 'aws-credentials', provider);
	}
	if (/^name,provider,field,value\r?\n/.test(clean)) throw notReadBack('csv');
	if (/^(?:#[^\r\n]*\r?\n|\s)*credentials = \{\r?\n/.test(clean)) throw notReadBack('tfvars');
	if (looksLikeAssignments(clean)) throw noSecretIn(clean);
	// Unless it has at least one key with a value, it is not worth saying where the text goes wrong.
	if (!/^\s*[{[]/.test(clean) && !/[^\s:]\s*:(?:\s|$)/m.test(clean)) throw unknownFormat();
	const sources = (documents ?? parseYaml(clean)).flatMap(node => fromNode(node, provider));
	const [first, ...others] = sources;
	if (first === undefined) throw new PharmerError('invalid', 'the input holds nothing but comments');
	return others.length === 0 ? [first] : withLabels([first, ...others]);
}

/**
 * The source with this label. Without a label, the only source, or undefined when there are several to choose from.
 * Throws `invalid` with the existing labels when none matches.
 */
export function chooseSource(sources: Sources, label?: string): Source | undefined {
	if (label === undefined) return sources.length === 1 ? sources[0] : undefined;
	const chosen = sources.find(source => source.label === label);
	if (chosen !== undefined) return chosen;
	const labels = sources.filter(source => source.label !== '').map(source => `\`${source.label}\``);
	throw new PharmerError(
		'invalid',
		`there is nothing called \`${label}\` in it`,
		labels.length === 0 ? 'there is one credential in it, without a name' : `it holds ${labels.join(', ')}`,
	);
}

/**
 * Whether the first line that is neither empty nor a comment is a section, or an AWS setting without its section; in
 * capitals that is a variable. Anything may stand behind the section's bracket but what JSON or YAML has there.
 */
function looksLikeIni(text: string): boolean {
	const line = (text.split(/\r\n|\r|\n/).find(each => !/^\s*(?:[#;]|$)/.test(each)) ?? '').trim();
	if (!line.startsWith('[')) return /^aws_\w+\s*=/i.test(line) && !/^[A-Z_]+\s*=/.test(line);
	const end = line.indexOf(']');
	const name = line.slice(1, end === -1 ? undefined : end).trim();
	const rest = end === -1 ? '' : line.slice(end + 1).trim();
	return name !== '' && !/^[[{"']/.test(name) && !/^[,:\]}]/.test(rest) && /^[^[#;\r\n=:]+[=:]/m.test(text);
}

const awsOnly = /^(?:aws|sso|role|credential|login|web_identity|source_profile|mfa|access_?key|secret_?access)/i;

/**
 * Whether an INI text has a setting of AWS's files, or nothing but the two that profiles without keys have: sections of
 * other tools' files look like profiles too.
 */
function mayBeAws(text: string): boolean {
	const keys = text.split(/\r\n|\r|\n/).flatMap(line => {
		const end = /^\s*[#;[]/.test(line) ? -1 : line.indexOf('=');
		return end === -1 ? [] : [line.slice(0, end).trim()];
	});
	return keys.some(key => awsOnly.test(key)) || keys.every(key => /^(?:region|output)$/i.test(key));
}

function fromAws(
	[first, ...others]: ReturnType<typeof readAwsAccessKeys>,
	format: Source['format'],
	provider: Provider | undefined,
): Sources {
	if (provider !== undefined && provider.id !== aws.id) {
		throw new PharmerError('invalid', `the input holds keys of aws, not of ${provider.id}`);
	}
	const source = ({name, data}: typeof first): Source => ({label: name, format, provider: aws, data});
	return [source(first), ...others.map(source)];
}

function fromNode(node: Node, provider: Provider | undefined): readonly Source[] {
	if (node.kind !== 'map') throw unknownFormat();
	if (isKubernetesSecret(node)) throw notReadBack('k8s-secret');
	if (isManifest(node)) return manifestNodes(node).map(each => fromManifest(each, provider));
	const awsFields = provider === undefined || provider.id === aws.id ? unwrapAws(node) : undefined;
	if (awsFields !== undefined) {
		return [{label: '', format: 'aws-access-keys', provider: aws, data: readFields(aws, awsFields)}];
	}
	const owner = provider ?? guessProvider(node);
	return [{label: '', format: 'fields', provider: owner, data: readFields(owner, node)}];
}

function isKubernetesSecret({members}: MapNode): boolean {
	const has = (key: string, text: string): boolean => {
		const value = members.get(key)?.value;
		return value?.kind === 'text' && value.text === text;
	};
	return has('kind', 'Secret') && has('apiVersion', 'v1');
}

function fromManifest(node: Node, provider: Provider | undefined): Source {
	const {provider: id, data, ...manifest} = manifestFrom(node);
	if (provider !== undefined && provider.id !== id) {
		throw invalidAt(node.at, `this manifest is for ${id}, not for ${provider.id}`);
	}
	assertNoteFits(manifest.note);
	return {label: manifest.name ?? '', format: 'manifest', provider: parseProvider(id), data, manifest};
}

/**
 * The only provider that knows all the fields and for which they are enough. Throws `invalid` when there is not exactly
 * one.
 */
function guessProvider(map: MapNode): Provider {
	const given = [...map.members].filter(([, {value}]) => !isNothing(value)).map(([key]) => fold(key));
	const [guess, another] = providers.filter(provider => {
		const fields = spellingsOf(provider);
		const known = new Set(given.map(key => fields.get(key)?.key ?? ''));
		const has = (key: string): boolean => known.has(key);
		const required = provider.fields.filter(field => field.required).map(({key}) => key);
		const ways = provider.alternatives?.map(({fields: keys}) => keys) ?? [[]];
		const least = ways.filter(keys => required.length + keys.length > 0);
		return !known.has('') && required.every(has) && least.some(keys => keys.every(has));
	});
	if (guess === undefined || another !== undefined) {
		throw invalidAt(
			map.at,
			'these fields do not tell which provider they are for',
			`\`pharmer create credential NAME -f FILE --provider PROVIDER\` says it; PROVIDER is ${providers.map(each => each.id).join(', ')}`,
		);
	}
	return guess;
}

/**
 * Gives each of several sources a distinct label: those without a name are numbered. Throws `invalid` for two with the
 * same name.
 */
function withLabels(sources: Sources): Sources {
	const seen = new Set<string>();
	const [first, ...others] = sources.map((source, index) => {
		const label = source.label === '' ? `document ${index + 1}` : source.label;
		if (seen.has(nameKey(label))) {
			throw new PharmerError('invalid', `the input holds two credentials \`${label}\``, 'rename one of them');
		}
		seen.add(nameKey(label));
		return {...source, label};
	});
	return first === undefined ? sources : [first, ...others];
}

const secretVariables = new Set(
	providers.flatMap(({fields}) => fields.filter(({secret}) => secret).flatMap(({environment}) => environment)),
);

/** Why a text that sets variables holds no credential: its secrets come from elsewhere, or there are none. */
function noSecretIn(text: string): PharmerError {
	const {reasons} = parseAssignments(text);
	const [lost] = [...reasons].filter(([name]) => secretVariables.has(name));
	if (lost !== undefined) return new PharmerError('invalid', `\`${lost[0]}\` ${lost[1]}`);
	return new PharmerError(
		'invalid',
		'it sets no secret variable of a known provider',
		'`pharmer create credential NAME -p generic -f FILE` keeps its variables as they are',
	);
}

/** The error for formats that `pharmer export` writes only for other programs. */
function notReadBack(format: string): PharmerError {
	return new PharmerError(
		'invalid',
		`this is an export as ${format}, which is for other programs and not read back`,
		'export it as yaml or json',
	);
}

function unknownFormat(): PharmerError {
	return new PharmerError(
		'invalid',
		'the input is not in a known format',
		"it can be a JSON or YAML object of fields, a credential manifest, an AWS credentials file, the .csv file of the AWS console, a .env file, or the file of a provider's own tool",
	);
}
