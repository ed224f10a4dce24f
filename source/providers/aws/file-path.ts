import type {Places} from '../importer.js';
import {place} from '../place.js';

/** Where one of AWS's files is. */
export type AwsFilePath = {
	readonly path: string;
	/** The first part that stays as it is because nothing is known for it, such as `$X` or `~other`. */
	readonly unknown?: string;
};

const files = {
	config: ['AWS_CONFIG_FILE', 'config'],
	credentials: ['AWS_SHARED_CREDENTIALS_FILE', 'credentials'],
} as const;

/** `$X` and `${X}` (Python's posixpath.py, expandvars). */
const posixVariable = /\$(?:(\w+)|\{([^{}$]*)\})/g;

/** The same and `%X%`, but nothing between single quotes; `$$` and `%%` stand for one (ntpath.py, expandvars). */
const windowsVariable = /'[^']*'|\$\$|%%|\$(?:([\w-]+)|\{([^{}$]*)\})|%([^%]+)%/g;

/**
 * Where AWS's config or credentials file is: where its variable says, with variables and then `~` expanded as botocore
 * does (configloader.py, raw_config_parse), or in `.aws` in the home directory.
 */
export function awsFilePath(places: Places, file: keyof typeof files): AwsFilePath {
	const {environment, home, platform} = places;
	const [variable, name] = files[file];
	const named = environment[variable];
	if (!named) return {path: place(places, home, '.aws', name)};
	const unknown: string[] = [];
	const pattern = platform === 'win32' ? windowsVariable : posixVariable;
	const expanded = named.replace(pattern, (whole: string, plain?: string, braced?: string, percent?: string) => {
		if (whole === '$$' || whole === '%%') return whole.slice(1);
		const asked = plain ?? braced ?? percent;
		if (asked === undefined) return whole;
		const value = Object.hasOwn(environment, asked) ? environment[asked] : undefined;
		if (value === undefined) unknown.push(whole);
		return value ?? whole;
	});
	const other = /^~[^/\\]+/.exec(expanded)?.[0];
	const [first] = other === undefined ? unknown : [other];
	return {path: place(places, expanded), ...(first === undefined ? {} : {unknown: first})};
}
