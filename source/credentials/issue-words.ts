import {enumerated} from '../domain/words.js';

/** What is asked before an identity is made, or taken back. */
export type IssueQuestion = {
	/** `doubt`: whether something that somebody else made is used; `plan`: whether all this is made. */
	readonly kind: 'doubt' | 'plan';
	/** The situation, line by line. */
	readonly says: readonly string[];
	/** The question, which `y` answers. */
	readonly asks: string;
};

/** What will be made, where and by whom, as lines. `there` are those of the steps that need not be done. */
export function planLines({
	title,
	admin,
	name,
	steps,
	there,
	key = 'a key for it',
	warning,
}: {
	readonly title: string;
	/** The name of the credential that signs. */
	readonly admin: string;
	/** What the new credential will be called. */
	readonly name: string;
	readonly steps: readonly {readonly id: string; readonly says: string}[];
	readonly there: readonly string[];
	/** What the key is called, where it is of nothing that the steps make. */
	readonly key: string | undefined;
	readonly warning: string | undefined;
}): readonly string[] {
	return [
		`At ${title}, signed by \`${admin}\`, this makes:`,
		...steps.map(({id, says}) => `  ${says}${there.includes(id) ? ' (is there)' : ''}`),
		`  ${key}, which is stored here as \`${name}\``,
		...(warning === undefined ? [] : [`${warning}.`]),
	];
}

/** What will be taken back, as a sentence. */
export function backText(steps: readonly {readonly says: string}[], hasKey: boolean): string {
	const parts = [...(hasKey ? ['its key'] : []), ...steps.map(({says}) => says)];
	return parts.length === 0 ? 'Nothing is known to be made.' : `This deletes ${enumerated(parts)}.`;
}
