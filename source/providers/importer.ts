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

/** Files that are read together, such as a file of clouds and the one of their secrets; the first has to be there. */
export type FileGroup = readonly [string, ...string[]];

/** A directory whose files are read, each by itself. */
export type FileTree = {
	readonly directory: string;
	/** Tells by the path below the directory, with `/` in it, which files are meant. */
	readonly holds: RegExp;
	/** How many levels of directories below it are looked into. */
	readonly depth: number;
};

/** What a manifest holds of a credential beside its name, provider and data; `created` is RFC 3339 in UTC. */
export type About = Pick<CredentialContent, 'labels' | 'note' | 'expires'> & {readonly created?: string};

/** One credential that a file holds. Required fields may be missing: `checkData()` says which. */
export type Found = {
	/** What the file calls it: a profile, a context, an account. Empty when it has no name for it. */
	readonly label: string;
	readonly provider: Provider;
	/** In the provider's field order, values to the byte, empty ones left out. */
	readonly data: ReadonlyMap<string, Secret>;
	/** Fields whose value is the text of another file: field key to the path as it was written. */
	readonly files?: ReadonlyMap<string, string>;
	/** The rest of a manifest. */
	readonly about?: About;
};

/** Something of a file that is no credential to keep, and why. */
export type Refused = {
	readonly label: string;
	/** The rest of a sentence that begins with the label, such as "runs a program for its keys, which is not done here". */
	readonly reason: string;
	/** Which file of the group it is in, counted from 0; without it, the first. */
	readonly file?: number;
};

export type Reading = {readonly found: readonly Found[]; readonly refused: readonly Refused[]};

/** What is known of one tool's own files. Nothing in them is run, no host in them is contacted. */
export type Importer = {
	/** What `--from` calls it, such as `doctl`. */
	readonly kind: string;
	/** What a person calls it. */
	readonly title: string;
	/** The ids of the providers whose credentials it holds. */
	readonly providers: readonly string[];
	/** Where the tool itself would look. */
	readonly files: (places: Places) => readonly FileGroup[];
	/** Only the first group that is there counts, as for the tool itself. Without it every one is read. */
	readonly firstOnly?: true;
	readonly trees?: (places: Places) => readonly FileTree[];
	/** Whether a text is one of its files. */
	readonly recognizes: (file: FileText) => boolean;
	/**
	 * What the text of a group's files holds, undefined for those after the first that are not there. Throws `invalid` with the
	 * place for what is damaged; no error holds a value of a file.
	 */
	readonly read: (texts: readonly [string, ...(string | undefined)[]]) => Reading;
};
