import type {Ask} from '../domain/exchange.js';
import type {Verdict} from '../domain/verdict.js';
import type {Values} from './provider.js';

/** What a probe has to ask with. */
export type Probing = {
	readonly ask: Ask;
	/** The time to sign with. */
	readonly now: Date;
	/** Whether the name of a host is known here; false where that can't be told, as behind a proxy. */
	readonly knows: (host: string) => Promise<boolean>;
	/** The address to ask at in place of the provider's own, without a slash at its end. */
	readonly endpoint?: string | undefined;
};

/** An address that a credential names itself. */
type NamedAddress = {
	/** The key of the field that names it, with what is inside of that: `serviceAccount`'s `token_uri`. */
	readonly from: string;
	readonly url: string;
};

/** How a provider is asked whether a credential works, and whose it is. It changes nothing there. */
export type Probe = {
	/**
	 * Resolves to what the provider says. Rejects with `Unreachable` where nobody answered for it. A verdict that no row
	 * of the provider's documented answers covers is `unknown`.
	 */
	readonly verify: (value: Values, probing: Probing) => Promise<Verdict>;
	/** What would be sent to an address that is not the provider's own: `a request that is signed with the key`. */
	readonly sends: (value: Values) => string;
	/** The address that the credential itself names to be asked at; undefined when it names none. */
	readonly address?: (value: Values) => NamedAddress | undefined;
	/** Variables by which the provider's own tools take another address, the one that counts first. */
	readonly endpointVariables?: readonly string[] | ((value: Values) => readonly string[]);
	/** What must not be asked about twice at a time, such as the id of a key; nothing when left out or empty. */
	readonly subject?: (value: Values) => string;
	/**
	 * What is tried by signing in: where a provider locks an account after some wrong passwords, another credential with
	 * the same is not tried once more after it was refused. Empty when nothing is locked.
	 */
	readonly signIn?: (value: Values) => string;
	/** What is sent carries the time, so that a clock that is off makes it wrong. */
	readonly isTimed?: true | ((value: Values) => boolean);
};
