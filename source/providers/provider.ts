/** Looks up a credential's value by its key; empty when it is not set. */
export type Values = (key: string) => string;

/** A field of a provider's credential. */
export type Field = {
	/** Its key in `spec.data`. */
	readonly key: string;
	/** The name shown to people. */
	readonly label: string;
	/** One line of help, shown under the field's input. */
	readonly help: string;
	readonly secret: boolean;
	readonly required: boolean;
	/**
	 * A preference that is not part of who signs in, such as a region: when the credential does not set it, the
	 * environment's value is left alone.
	 */
	readonly setting?: true;
	/**
	 * For a public field: whether two credentials that differ in it alone are two. `always`, the default: a value that is
	 * left out differs from one that is set. `whenSet`, the default of a setting: one that leaves it out is no other
	 * credential than one that sets it, as it follows from the secret or is up to the environment. `never`: it says how
	 * one signs in, not where or as whom.
	 */
	readonly distinguishes?: 'always' | 'whenSet' | 'never';
	/**
	 * Fields of one unit are kept together where two have changed a credential at once: what has its own says so, and
	 * names it. By default a setting is a unit of its own, and all others are one, which signs in.
	 */
	readonly unit?: string;
	/** May hold line breaks. */
	readonly multiline?: boolean;
	/** Environment variables that hold it, the official one first. */
	readonly environment: readonly string[];
	/** Environment variables that name a file whose text is the value. */
	readonly environmentFiles?: readonly string[];
	/** The variables that it is passed to tools in. Defaults to the first of `environment`. */
	readonly variables?: readonly string[];
	/** The variables that take their place where the field with that key is set. */
	readonly variablesWith?: {readonly key: string; readonly variables: readonly string[]};
	/** For a value that tools want as a file: the file's name and the variables that name it. */
	readonly file?: {readonly name: string; readonly variables: readonly string[]};
	/** Other spellings of the key in files, compared with `fold()`. */
	readonly aliases: readonly string[];
	/**
	 * Whether to ask for it, given the other values. By default it is asked for unless another of the provider's
	 * `alternatives` is complete.
	 */
	readonly asked?: (value: Values) => boolean;
	/**
	 * What is odd about a value given the others, as a sentence that contains no part of any value, or undefined.
	 * Providers change, so odd does not mean wrong.
	 */
	readonly oddity?: (value: string, others: Values) => string | undefined;
	/** What a value reveals offline, such as the account of a key. Never a part of a secret. */
	readonly tells?: (value: string) => string | undefined;
	/** The form in which a value is kept, for one that is written in another way; undefined when it is not understood. */
	readonly normal?: (value: string) => string | undefined;
	/** The value is the moment (RFC 3339) at which the secret of this key stops working; it goes with that secret. */
	readonly endOf?: string;
	/** The value derived from the others when it is left out, or undefined. */
	readonly derived?: (value: Values) => string | undefined;
};

/** A way to sign in. It is used only when all its fields are set. */
export type Alternative = {
	/** Includes the article, such as `an API token`. */
	readonly title: string;
	/** Keys of the fields that it needs. */
	readonly fields: readonly string[];
};

/** A part of a guide: console steps as sentences, or commands to run. */
type GuideSection = {
	readonly title: string;
	readonly lines: readonly string[];
	readonly commands: boolean;
};

/** How to get a credential from the provider. */
export type Guide = {
	readonly summary: string;
	/** URL of the page for creating one. */
	readonly page: string;
	/** URL of the page for revoking one. */
	readonly revoke: string;
	readonly sections: readonly GuideSection[];
	/**
	 * How to get another secret for what a credential signs in as, and to revoke the old one; `OLD_ID` stands for its
	 * public id. The sections above serve when it is left out.
	 */
	readonly another?: readonly GuideSection[];
};

/** A problem with a credential's data. `wrong` data can't be kept; `odd` data can, if the person says so. */
export type Finding = {
	readonly severity: 'wrong' | 'odd';
	/** The field's key. */
	readonly field: string;
	/** A sentence that contains no part of a value. */
	readonly message: string;
	/** It concerns the fields as a whole, and is not yet wrong while fields are still being asked for. */
	readonly whole?: true;
};

export type Provider = {
	readonly id: string;
	readonly title: string;
	/** What it is for, in one line. */
	readonly purpose: string;
	/** Ids used by older releases. */
	readonly aliases: readonly string[];
	/** In the order of `spec.data`. Empty for a provider that accepts any keys. */
	readonly fields: readonly Field[];
	/** Accepts keys that are not in `fields`; all of them are secret. */
	readonly open: boolean;
	/** At least one of these must be complete. Their fields are not `required` individually. */
	readonly alternatives?: readonly Alternative[];
	/**
	 * A harmless command of the provider's own tool that shows whether a credential works, such as `doctl account get`.
	 */
	readonly tool?: string;
	/**
	 * Variables, besides those of its fields, that would make its tools use something else. They are unset when a
	 * credential is passed on.
	 */
	readonly conflicts?: readonly string[];
	/** The public field that tells credentials apart in a list. */
	readonly publicId?: string;
	readonly guide?: Guide;
	/** Checks rules between fields. `value` returns a field's text, empty when it is not set. */
	readonly check?: (value: Values) => readonly Finding[];
};

/**
 * A key in the form used for comparison: `AWS_ACCESS_KEY_ID`, `Access key ID` and `accessKeyID` differ only in a
 * prefix.
 */
export function fold(key: string): string {
	return key.toLowerCase().replace(/[\s_-]/g, '');
}
