import {Secret} from '../domain/secret.js';
import {parseAssignments} from '../formats/assignments.js';
import {providers} from '../providers/catalog.js';
import {checkData, completeData} from '../providers/check.js';
import {type Environment, filesInEnvironment, findInEnvironment} from '../providers/environment.js';
import type {Provider} from '../providers/provider.js';
import type {Found, Importer, Refused} from './importer.js';
import {place} from './place.js';

/** What a text sets of one provider's variables. */
type Candidate = {
	readonly provider: Provider;
	readonly data: ReadonlyMap<string, Secret>;
	/** Field key to the path of the file that has its value. */
	readonly files: ReadonlyMap<string, string>;
	readonly variables: readonly string[];
};

/** What a provider has of these variables, or undefined when no secret is among it. */
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

/** Whether nothing is missing, the files that are named taken for what they should be. */
function isWhole({provider, data, files}: Candidate): boolean {
	const all = new Map([...data, ...[...files.keys()].map(key => [key, new Secret('a file')] as const)]);
	return !checkData(provider, completeData(provider, all)).some(({severity}) => severity === 'wrong');
}

function covers({variables: more}: Candidate, {variables: fewer}: Candidate): boolean {
	return more.length > fewer.length && fewer.every(name => more.includes(name));
}

/** Whose variables these are: two providers may know the same, then the one that has a use for more of them is meant, and is whole. */
function candidatesIn(values: ReadonlyMap<string, string>): readonly Candidate[] {
	const environment = Object.fromEntries(values);
	const all = providers.map(each => candidateFor(each, environment)).filter(each => each !== undefined);
	const whole = all.filter(isWhole);
	const taken = new Set(whole.flatMap(({variables}) => variables));
	const parts = all.filter(each => !whole.includes(each) && !each.variables.some(name => taken.has(name)));
	return [...whole.filter(each => !whole.some(other => covers(other, each))), ...parts];
}

/** Variables of secrets whose value only a shell can work out. */
function refusedIn(unclear: readonly string[]): readonly Refused[] {
	const secrets = providers.flatMap(({fields}) => fields.filter(each => each.secret).flatMap(each => each.environment));
	return [...new Set(unclear.filter(name => secrets.includes(name)))].map(label => ({
		label,
		reason: 'is written so that readers do not agree on it',
	}));
}

const knowsVariables = ({fields}: Provider): boolean => fields.some(({environment}) => environment.length > 0);

/** A file of variables as the tools of several providers read them from the environment, such as `pharmer export -o dotenv` writes. */
export const dotenv: Importer = {
	kind: 'dotenv',
	title: '.env files',
	providers: providers.filter(knowsVariables).map(({id}) => id),
	files: places => [[place(places, places.home, '.env')]],
	recognizes: ({text}) => candidatesIn(parseAssignments(text).values).length > 0,
	read: ([text]) => {
		const {values, unclear} = parseAssignments(text);
		const found = candidatesIn(values).map(({provider, data, files}): Found => ({label: '', provider, data, files}));
		return {found, refused: refusedIn(unclear)};
	},
};
