import type {Handler} from '../fake-cloud.js';

type Fields = Readonly<Record<string, string>>;

/** A provider at which an identity with a key is made, and that keeps its own rules of them. */
export type IssuingCloud = {
	readonly provider: string;
	readonly handlers: Readonly<Record<string, Handler>>;
	/** The fields of the credential that may make identities. */
	readonly admin: Fields;
	/** What is given, where something has to be. */
	readonly policies?: readonly string[];
	/** What is there of identities, beside what was there at first: a line each. */
	readonly things: () => readonly string[];
	/** What has to be there once one was made. */
	readonly whole: readonly RegExp[];
	/** Whether these fields sign in now. */
	readonly opens: (data: Fields) => boolean;
};

/** Makes such a provider. `now` is its clock, in milliseconds since 1970. */
export type MakeIssuingCloud = (now: () => number) => IssuingCloud;
