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
	/** May hold line breaks. */
	readonly multiline?: boolean;
	/** Environment variables it is known by: the official one first. */
	readonly environment: readonly string[];
	/** Other spellings of the key in files, compared by `fold()`. */
	readonly aliases: readonly string[];
	/** Whether a person is asked for it, given the other values (by key, empty when not set). Without it, always. */
	readonly asked?: (value: (key: string) => string) => boolean;
	/** What is odd about a value, as a sentence that holds no part of it, or undefined. Providers change: odd is not wrong. */
	readonly oddity?: (value: string) => string | undefined;
};

/** One part of a guide: console steps as sentences, or commands to run. */
export type GuideSection = {
	readonly title: string;
	readonly lines: readonly string[];
	readonly commands: boolean;
};

/** How to get a credential from the provider. */
export type Guide = {
	readonly summary: string;
	readonly sections: readonly GuideSection[];
};

/** Something about a credential's data that a person should know. `wrong` can't be kept; `odd` can, when they say so. */
export type Finding = {
	readonly severity: 'wrong' | 'odd';
	/** The field's key. */
	readonly field: string;
	/** A sentence without any part of a value. */
	readonly message: string;
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
	/** The public field that tells two credentials apart in a list. */
	readonly publicId?: string;
	readonly guide?: Guide;
	/** Rules that hold between fields. `value` gives a field's text, empty when it is not set. */
	readonly check?: (value: (key: string) => string) => readonly Finding[];
};

/** A key as it is compared: `AWS_ACCESS_KEY_ID`, `Access key ID` and `accessKeyID` give forms that differ only in a prefix. */
export function fold(key: string): string {
	return key.toLowerCase().replace(/[\s_-]/g, '');
}
