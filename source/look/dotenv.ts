import {checkData} from '../credentials/check.js';
import {filesInEnvironment, findInEnvironment} from '../credentials/environment.js';
import {parseFieldKey} from '../domain/credential.js';
import type {Environment} from '../domain/environment.js';
import {forRules, isOverFieldLimit} from '../domain/field-limit.js';
import {nameProblem} from '../domain/name.js';
import {Secret} from '../domain/secret.js';
import {attempt} from '../providers/attempt.js';
import {providers} from '../providers/catalog.js';
import {completeData} from '../providers/data.js';
import {generic} from '../providers/generic/schema.js';
import type {Found, Importer, Refused} from '../providers/importer.js';
import {place} from '../providers/place.js';
import type {Provider} from '../providers/provider.js';
import {type Assignments, opensBlock, parseAssignments} from '../text/assignments.js';
import {mentionsReference} from '../text/references.js';
import {covers} from './environment.js';

/** One provider's variables, as a text sets them. */
type Candidate = {
	readonly provider: Provider;
	readonly data: ReadonlyMap<string, Secret>;
	/** Field key to the path of the file that holds its value. */
	readonly files: ReadonlyMap<string, string>;
	readonly variables: readonly string[];
};

/** The candidate for a provider in these variables, or undefined when they hold none of its secrets. */
function candidateFor(provider: Provider, environment: Environment): Candidate | undefined {
	const direct = findInEnvironment(provider, environment);
	const named = filesInEnvironment(provider, environment);
	if (![...direct, ...named].some(({field}) => field.secret)) return undefined;
	return {
		provider,
		data: new Map(direct.map(({field, value}) => [field.key, value])),
		files: new Map(named.map(({field, path}) => [field.key, path])),
		variables: [...direct, ...named].map(({variable}) => variable),
	};
}

/** Whether nothing is missing, assuming that the named files hold what they should. */
function isWhole({provider, data, files}: Candidate): boolean {
	const all = new Map([...data, ...[...files.keys()].map(key => [key, new Secret('a file')] as const)]);
	return !checkData(provider, completeData(provider, all)).some(({severity}) => severity === 'wrong');
}

/**
 * The providers that these variables are for. When two providers share variables, the complete one that uses more of
 * them is chosen.
 */
function candidatesIn(values: ReadonlyMap<string, string>): readonly Candidate[] {
	const environment = Object.fromEntries(values);
	const all = providers.map(each => candidateFor(each, environment)).filter(each => each !== undefined);
	const whole = all.filter(isWhole);
	const taken = new Set(whole.flatMap(({variables}) => variables));
	const parts = all.filter(each => !whole.includes(each) && !each.variables.some(name => taken.has(name)));
	return [...whole.filter(each => !whole.some(other => covers(other, each))), ...parts];
}

const fields = providers.flatMap(provider => provider.fields);
const ofProviders = new Set(
	fields.flatMap(({environment, environmentFiles = []}) => [...environment, ...environmentFiles]),
);
const secrets = new Set(
	fields
		.filter(each => each.secret)
		.flatMap(({environment, environmentFiles = []}) => [...environment, ...environmentFiles]),
);
/** Variables that say who somebody is, or what for; the others are settings, such as a region. */
const telling = new Set(fields.filter(each => each.setting !== true).flatMap(({environment}) => environment));

/** The reason for each variable of a known provider that is not taken. */
function refusedIn(text: Assignments, candidates: readonly Candidate[]): readonly Refused[] {
	const {values, lines, unclear, reasons, named} = text;
	const taken = new Map(candidates.flatMap(each => [...namesTaken(each)]));
	type Reason = readonly [name: string, reason: string];
	const lost = [...unclear.keys()].map((name): Reason => [name, reasons.get(name) ?? '']);
	const odd = [...named].map(
		([name, line]): Reason => [name, `is on line ${line}, but not as NAME=value at its start`],
	);
	// One reason is enough for a provider whose secret is among those above.
	const told = new Set(
		providers
			.map(provider => provider.fields.flatMap(({environment}) => environment))
			.filter(names => [...lost, ...odd].some(([name]) => secrets.has(name) && names.includes(name)))
			.flat(),
	);
	const left = [...values].flatMap(([name, value]): readonly Reason[] => {
		const line = lines.get(name) ?? 0;
		const from = taken.get(name);
		if (from !== undefined) {
			const differs = value !== '' && secrets.has(name) && values.get(from) !== value;
			return differs ? [[name, `has another value on line ${line} than \`${from}\`, which is taken`]] : [];
		}
		if (value === '') return secrets.has(name) ? [[name, `is empty on line ${line}`]] : [];
		return telling.has(name) && !told.has(name) ? [[name, `is set on line ${line}, but no secret with it`]] : [];
	});
	return [...lost, ...odd, ...left]
		.filter(([name]) => ofProviders.has(name))
		.map(([label, reason]) => ({label, reason}));
}

/** Every variable of the candidate's fields, with the one that its value is taken from; itself when none is. */
function namesTaken({provider, variables}: Candidate): readonly (readonly [name: string, from: string])[] {
	return provider.fields.flatMap(({environment, environmentFiles = []}) => {
		const names = [...environment, ...environmentFiles];
		const from = names.find(name => variables.includes(name));
		return names.map(name => [name, from ?? name] as const);
	});
}

function isField(name: string): boolean {
	return attempt(() => parseFieldKey(name)) !== undefined;
}

/**
 * Refuses variables of no known provider that may still be worth keeping, judged by the name or by a password in a URL,
 * and offers them as fields of a generic credential.
 */
function leftIn(values: ReadonlyMap<string, string>, unclear: ReadonlyMap<string, number>): readonly Refused[] {
	const isSecret = (name: string): boolean =>
		/key|secret|token|passw|pwd|credential/i.test(name) ||
		/:\/\/[^\s/:@]*:[^\s/@]+@/.test(forRules(values.get(name) ?? ''));
	const left = [...values.keys(), ...unclear.keys()].filter(name => !ofProviders.has(name) && isSecret(name));
	if (left.length === 0) return [];
	// A line of a key in base64 looks like a name: only what is usual for variables is shown.
	const named = left.filter(name => /^[A-Z_][A-Z0-9_]*$/.test(name)).slice(0, left.length > 4 ? 3 : 4);
	const more = left.length - named.length;
	const shown = more === 0 ? named : [...named, `${more} more`];
	const data = new Map(
		left.filter(isField).flatMap(name => {
			const value = values.get(name) ?? '';
			return value === '' || isOverFieldLimit(value) ? [] : [[name, new Secret(value)] as const];
		}),
	);
	const [only, another] = data.keys();
	const offer: Found = {label: another === undefined ? (only ?? '') : '', provider: generic, data};
	const reason =
		'belongs to no known provider: `pharmer create credential NAME -p generic -f FILE` keeps everything in the file';
	return [{label: shown.join(', '), reason, ...(data.size === 0 ? {} : {offer})}];
}

/** The names in the comments of a dotenv export, by provider id; empty when a provider has several. */
function namesIn(text: string): ReadonlyMap<string, string> {
	const names = new Map<string, string>();
	for (const line of text.split(/\r\n|\r|\n/)) {
		const [, name = '', id = ''] = /^# (\S{1,63}) \(([a-zA-Z]{1,20})\)$/.exec(line) ?? [];
		if (name !== '') names.set(id, names.has(id) || nameProblem(name) !== undefined ? '' : name);
	}
	return names;
}

const knowsVariables = ({fields}: Provider): boolean => fields.some(({environment}) => environment.length > 0);

/** The variables in the JSON object that `pharmer env --shell json` writes. Undefined for any other text. */
function variablesInJson(text: string): ReadonlyMap<string, string> | undefined {
	if (!text.trimStart().startsWith('{')) return undefined;
	let object: unknown;
	try {
		object = JSON.parse(text);
	} catch {
		return undefined;
	}
	const entries = Object.entries(object ?? {});
	const all = entries.filter(
		(each): each is [string, string] => /^[A-Z_][A-Z0-9_]*$/.test(each[0]) && typeof each[1] === 'string',
	);
	return all.length > 0 && all.length === entries.length ? new Map(all) : undefined;
}

function assignmentsIn(text: string): Assignments {
	const values = variablesInJson(text);
	return withoutReferences(values === undefined ? parseAssignments(text) : {...parseAssignments(''), values});
}

/** The variables without those whose value is in the vault already. */
function withoutReferences(text: Assignments): Assignments {
	return {...text, values: new Map([...text.values].filter(([, value]) => !mentionsReference(value)))};
}

/** Whether a text holds a secret of a known provider, also one that can't be read: then the reason has to be told. */
function isForProviders(text: string): boolean {
	const variables = assignmentsIn(text);
	if (candidatesIn(variables.values).length > 0) return true;
	return [...variables.unclear.keys()].some(name => secrets.has(name) && !variables.elsewhere.has(name));
}

/**
 * A file of environment variables for the tools of several providers: what `pharmer export -o dotenv` and `pharmer env`
 * write for every shell.
 */
export const dotenv: Importer = {
	kind: 'dotenv',
	title: '.env files',
	providers: providers.filter(knowsVariables).map(({id}) => id),
	files: places => [[place(places, places.home, '.env')]],
	recognizes: ({text}) => !opensBlock(text) && isForProviders(text),
	read: ([text]) => {
		const variables = assignmentsIn(text);
		const candidates = candidatesIn(variables.values);
		const names = namesIn(text);
		const found = candidates.map(({provider, data, files}): Found => {
			const name = names.get(provider.id) ?? '';
			const label = name !== '' ? name : candidates.length > 1 ? provider.id : '';
			return {label, provider, data, files, ...(name === '' ? {} : {about: {labels: new Map()}})};
		});
		return {found, refused: [...refusedIn(variables, candidates), ...leftIn(variables.values, variables.unclear)]};
	},
};
