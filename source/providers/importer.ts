import type {CredentialContent} from '../domain/credential.js';
import type {Environment} from '../domain/environment.js';
import type {Secret} from '../domain/secret.js';
import type {FileText} from './file-text.js';
import type {Provider} from './provider.js';

/** Where tools keep their files on this machine. */
export type Places = {
	readonly environment: Environment;
	readonly platform: NodeJS.Platform;
	/** The home directory. */
	readonly home: string;
	/** `XDG_CONFIG_HOME`, or `.config` in the home directory. */
	readonly config: string;
	/** Go's `os.UserConfigDir()`: `config`, `~/Library/Application Support` on macOS, `%APPDATA%` on Windows. */
	readonly userConfig: string;
};

/** Files that are read together, such as a file of clouds and the file of their secrets. The first must exist. */
export type FileGroup = readonly [string, ...string[]];

/** A directory whose files are read one by one. */
export type FileTree = {
	readonly directory: string;
	/** Matches the files to read, by their path below the directory with `/` as the separator. */
	readonly holds: RegExp;
	/** How many levels of subdirectories are searched. */
	readonly depth: number;
};

/** A manifest's content other than name, provider and data. `created` is RFC 3339 in UTC. */
export type About = Pick<CredentialContent, 'labels' | 'note' | 'expires'> & {readonly created?: string};

/** A credential found in a file. Required fields may be missing; `checkData()` reports them. */
export type Found = {
	/** Its name in the file: a profile, a context, an account. Empty when it has none. */
	readonly label: string;
	readonly provider: Provider;
	/** In the provider's field order, values to the byte, without empty values. */
	readonly data: ReadonlyMap<string, Secret>;
	/** Fields whose value is the text of another file: field key to the path as written. */
	readonly files?: ReadonlyMap<string, string>;
	/** The indices in the group of the files that its secrets are in; the first file when left out. */
	readonly from?: readonly number[];
	/** The rest of a manifest. */
	readonly about?: About;
	/** What only some of the tools that read the file take, as a sentence with its line. */
	readonly remark?: string;
};

/** Something in a file that can't be kept as a credential, and why. */
export type Refused = {
	readonly label: string;
	/**
	 * The rest of a sentence that begins with the label, such as "gets its keys from a program, which pharmer does not
	 * run".
	 */
	readonly reason: string;
	/** What of it can be kept all the same by who chooses to. */
	readonly offer?: Found;
	/** The index of the file in its group, counted from 0; the first when left out. */
	readonly file?: number;
};

export type Reading = {
	readonly found: readonly Found[];
	readonly refused: readonly Refused[];
	/** The labels of what is there without keys and is not worth a word, unless somebody asks for it. */
	readonly keyless?: readonly string[];
};

/** How to read one tool's own files. Never runs anything in them or contacts a host in them. */
export type Importer = {
	/** The name that `--from` takes, such as `doctl`. */
	readonly kind: string;
	/** The name shown to people. */
	readonly title: string;
	/** The ids of the providers whose credentials the files hold. */
	readonly providers: readonly string[];
	/** Where the tool itself looks. */
	readonly files: (places: Places) => readonly FileGroup[];
	/** Read only the first group that exists, as the tool does. Without it, read every group. */
	readonly firstOnly?: true;
	readonly trees?: (places: Places) => readonly FileTree[];
	/** Whether a text is one of the tool's files. */
	readonly recognizes: (file: FileText) => boolean;
	/**
	 * Reads the texts of a group's files; those after the first are undefined when missing. `paths` are their paths,
	 * where known. A part that can't be read is refused with its line. Throws `invalid` with the position for a file that
	 * is damaged as a whole. No error contains a value from a file.
	 */
	readonly read: (texts: readonly [string, ...(string | undefined)[]], paths?: readonly string[]) => Reading;
};
