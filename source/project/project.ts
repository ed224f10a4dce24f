import {namesReferredTo} from '../credentials/references.js';
import {addressOf, addressProblem, hasVault} from '../domain/address.js';
import {refusedFromOthers} from '../domain/deciding-variables.js';
import {PharmerError} from '../domain/errors.js';
import {nameKey, nameProblem} from '../domain/name.js';
import {isNothing, type MapNode, mapOf, member, type Node, textOf} from '../text/node.js';
import {invalidAt} from '../text/position.js';
import {readValue, type Template} from '../text/references.js';
import {spokenKey} from '../text/spoken-key.js';
import {parseYaml} from '../text/yaml.js';

/** A variable of a project: its value as written, and with the references taken out. */
type ProjectVariable = {
	readonly name: string;
	readonly value: string;
	readonly template: Template;
	readonly line: number;
};

/** What the commands of a project use: credentials (`NAME` or `NAME@VAULT`), and variables of its own. */
export type Project = {
	readonly credentials: readonly string[];
	readonly variables: readonly ProjectVariable[];
};

/** The most credentials and variables, and the longest value: somebody has to read them all before trusting them. */
const most = 100;
const longestValue = 1024;

const shape = 'it has `credentials`, a list of names, and `env`, a map of variables';

/**
 * Reads the text of a project file. Throws `invalid`, with line and column, for everything that it can't have: `shown`
 * is what errors call the file.
 */
export function readProject({text, shown}: {readonly text: string; readonly shown: string}): Project {
	try {
		return parseProject(text);
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		throw new PharmerError(error.code, `\`${shown}\`: ${error.message}`, error.hint);
	}
}

function parseProject(text: string): Project {
	const [root, second] = parseYaml(text);
	if (second !== undefined) throw invalidAt(second.at, 'a second document begins here', 'leave it out');
	const map = root && mapOf(root, 'the file');
	for (const [key, {at}] of map?.members ?? []) {
		if (!['credentials', 'env'].includes(key)) throw invalidAt(at, `${spokenKey(key)} is not known here`, shape);
	}
	const project = {credentials: map ? readCredentials(map) : [], variables: map ? readVariables(map) : []};
	if (project.credentials.length + project.variables.length > 0) return project;
	throw new PharmerError('invalid', 'it names nothing', shape);
}

function readCredentials(map: MapNode): readonly string[] {
	const node = member(map, 'credentials');
	if (node === undefined) return [];
	if (node.kind !== 'list') throw invalidAt(node.at, '`credentials` is not a list', 'write [NAME, NAME]');
	assertFew(node, node.items.length, 'credentials');
	const seen = new Set<string>();
	return node.items.map(item => {
		const text = textOf(item, 'the name of a credential');
		const problem = nameProblem(addressOf(text).name);
		if (problem !== undefined) throw invalidAt(item.at, `this is not a name for a credential: a name ${problem}`);
		const wrong = hasVault(text) ? addressProblem(text) : undefined;
		if (wrong !== undefined) throw invalidAt(item.at, `this ${wrong}`);
		if (seen.has(nameKey(text))) throw invalidAt(item.at, `\`${text}\` appears a second time`, 'leave it out');
		seen.add(nameKey(text));
		return text;
	});
}

function readVariables(map: MapNode): readonly ProjectVariable[] {
	const node = member(map, 'env');
	if (node === undefined) return [];
	const {members} = mapOf(node, '`env`');
	assertFew(node, members.size, 'variables');
	const seen = new Set<string>();
	return [...members].map(([name, {at, value}]) => {
		if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name))
			throw invalidAt(at, `${spokenKey(name)} is not the name of a variable`, 'it has letters, digits and `_`');
		const why = refusedFromOthers(name);
		if (why !== undefined) throw invalidAt(at, `\`${name}\` ${why}: a project file can't set it`, 'leave it out');
		const key = name.toUpperCase();
		if (seen.has(key)) throw invalidAt(at, `\`${name}\` appears a second time in another case`, 'leave one out');
		seen.add(key);
		return {name, ...readText(name, value), line: at.line};
	});
}

function readText(name: string, node: Node): Pick<ProjectVariable, 'value' | 'template'> {
	const value = textOf(node, `the value of \`${name}\``);
	const wrong = (sentence: string, hint?: string) => invalidAt(node.at, `\`${name}\` ${sentence}`, hint);
	if (isNothing(node)) throw wrong('has no value', 'write "" for an empty one');
	if (value.length > longestValue) throw wrong(`has a value of more than ${longestValue} characters`);
	if (/[\0\p{Cs}]/u.test(value)) throw wrong("holds characters that an environment can't");
	const template = readValue(value);
	const [problem] = template.problems;
	if (problem !== undefined) throw wrong(`holds a \`pharmer://\` that ${problem.reason}`);
	return {value, template};
}

function assertFew(node: Node, count: number, what: string): void {
	if (count > most) throw invalidAt(node.at, `these are more than ${most} ${what}`);
}

/** The credentials that a project names, then those that its variables refer to, each once. */
export function namesOf({credentials, variables}: Project): readonly string[] {
	const referred = namesReferredTo(variables.map(({template}) => template));
	return [...new Map([...credentials, ...referred].map(name => [nameKey(name), name])).values()];
}
