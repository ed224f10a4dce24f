import {parseEnv} from 'node:util';

/** What a text of variables sets, and the names of those whose value only the program that it is for can work out. */
export type Assignments = {
	readonly values: ReadonlyMap<string, string>;
	readonly unclear: readonly string[];
};

const assignment = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/;

/** In quotes with nothing in them that a shell looks into, or without any and only what means itself everywhere. */
const simple = /^(?:'[^']*'|"[^"$`\\]*"|[\w./:@%+,=-]*)\s*$/;

/**
 * The variables of an openrc or .env file: lines of `NAME=value`, with or without `export`, read by Node.js' `parseEnv()`. Shells and the many
 * readers of .env files differ in all that is less simple, so that is `unclear`: a value made of others, a comment after a value, an
 * escape. Nothing is run or expanded. Other lines are left out.
 */
export function parseAssignments(text: string): Assignments {
	const lines = text.split(/\r\n|\r|\n/).flatMap(line => {
		const [, name = '', value = ''] = assignment.exec(line) ?? [];
		return name === '' ? [] : [{name, value}];
	});
	const unclear = new Set(lines.filter(({value}) => !simple.test(value)).map(({name}) => name));
	const clear = lines.filter(({name}) => !unclear.has(name));
	// Node.js gives them in the order of their names.
	const read = new Map(Object.entries(parseEnv(clear.map(({name, value}) => `${name}=${value}`).join('\n'))));
	return {
		values: new Map(clear.map(({name}) => [name, read.get(name) ?? ''])),
		unclear: [...unclear],
	};
}
