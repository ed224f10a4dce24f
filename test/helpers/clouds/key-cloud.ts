import type {Handler} from '../fake-cloud.js';

type Fields = Readonly<Record<string, string>>;

/**
 * A provider that keeps its own rules of keys: their number, their names, who may make and delete them, and that a key
 * which is off or deleted opens nothing. It begins with one key.
 */
export type KeyCloud = {
	readonly provider: string;
	/** By host. It checks what it is sent: method, path, headers, signature. */
	readonly handlers: Readonly<Record<string, Handler>>;
	/** The fields of the credential with the one key that there is at first. */
	readonly data: Fields;
	/** Another credential that may do everything there, where only such a one can. */
	readonly admin?: {readonly provider: string; readonly data: Fields};
	/** The keys that there are, with their ids as the service lists them. */
	readonly keys: () => readonly {readonly id: string; readonly isOff: boolean}[];
	/** There are always as many: a key is made by renewing one. */
	readonly isFixed?: true;
	/** Whether these fields sign in now. */
	readonly opens: (data: Fields) => boolean;
	/** Somebody makes a key in the console: resolves to its id. */
	readonly addKey: () => string;
	/** Somebody deletes a key in the console. */
	readonly dropKey: (id: string) => void;
};

/** Makes such a provider. `now` is its clock, in milliseconds since 1970. */
export type MakeCloud = (now: () => number) => KeyCloud;
