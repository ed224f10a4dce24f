/** The other values of a credential by their key, empty when one is not set. */
export type Values = (key: string) => string;

/** One field of a provider's credential. */
export type Field = {
	/** Its key in `spec.data`. */
	readonly key: string;
	/** What a person calls it. */
	readonly label: string;
	/** One line under the field as it is typed. */
	readonly help: string;
	readonly secret: boolean;
	readonly required: boolean;
	/** A choice that is no part of who signs in, such as a region: without one in the credential, what the environment says stays. */
	readonly setting?: true;
	/** May hold line breaks. */
	readonly multiline?: boolean;
	/** Environment variables it is known by: the official one first. */
	readonly environment: readonly string[];
	/** Environment variables that name a file whose text is the value. */
	readonly environmentFiles?: readonly string[];
	/** The variables that tools get it in, given the other values. Without it, the first of `environment`. */
	readonly variables?: readonly string[] | ((value: Values) => readonly string[]);
	/** For a value that tools want as a file: what such a file is called, and the variables that name it. */
	readonly file?: {readonly name: string; readonly variables: readonly string[]};
	/** Other spellings of the key in files, compared by `fold()`. */
	readonly aliases: readonly string[];
	/** Whether a person is asked for it, given the other values. Without it, unless another of the provider's `alternatives` is complete. */
	readonly asked?: (value: Values) => boolean;
	/** What is odd about a value beside the others, as a sentence that holds no part of any, or undefined. Providers change: odd is not wrong. */
	readonly oddity?: (value: string, others: Values) => string | undefined;
	/** What a value tells without a network, such as the account a key is of. Never a part of a secret. */
	readonly tells?: (value: string) => string | undefined;
	/** The value where it is left out and the others tell it, or undefined. */
	readonly derived?: (value: Values) => string | undefined;
};

/** A way to sign in: its fields are all there, or it is not used. */
export type Alternative = {
	/** With its article, such as `an API token`. */
	readonly title: string;
	/** Keys of the fields without which it does not work. */
	readonly fields: readonly string[];
};

/** One part of a guide: console steps as sentences, or commands to run. */
type GuideSection = {
	readonly title: string;
	readonly lines: readonly string[];
	readonly commands: boolean;
};

/** How to get a credential from the provider. */
export type Guide = {
	readonly summary: string;
	/** The address of the page where one is made. */
	readonly page: string;
	/** The address of the page where one is revoked. */
	readonly revoke: string;
	readonly sections: readonly GuideSection[];
};

/** Something about a credential's data that a person should know. `wrong` can't be kept; `odd` can, when they say so. */
export type Finding = {
	readonly severity: 'wrong' | 'odd';
	/** The field's key. */
	readonly field: string;
	/** A sentence without any part of a value. */
	readonly message: string;
	/** It is about what is there and missing as a whole, and not yet wrong while fields are still being asked for. */
	readonly whole?: true;
};

export type Provider = {
	readonly id: string;
	readonly title: string;
	/** What it is for, in one line. */
	readonly purpose: string;
	/** Ids of older releases. */
	readonly aliases: readonly string[];
	/** In the order of `spec.data`. Empty for a provider that takes any keys. */
	readonly fields: readonly Field[];
	/** Takes keys that are not in `fields`; all of them are secret. */
	readonly open: boolean;
	/** One of these has to be complete. Its fields are not `required` by themselves. */
	readonly alternatives?: readonly Alternative[];
	/** A harmless command of its own tool that shows whether a credential works, such as `doctl account get`. */
	readonly tool?: string;
	/** Variables, beside those of its fields, that would make its tools use something else: they are taken away when it is handed on. */
	readonly conflicts?: readonly string[];
	/** The public field that tells two credentials apart in a list. */
	readonly publicId?: string;
	readonly guide?: Guide;
	/** Rules that hold between fields. `value` gives a field's text, empty when it is not set. */
	readonly check?: (value: Values) => readonly Finding[];
};

/** A key as it is compared: `AWS_ACCESS_KEY_ID`, `Access key ID` and `accessKeyID` give forms that differ only in a prefix. */
export function fold(key: string): string {
	return key.toLowerCase().replace(/[\s_-]/g, '');
}
