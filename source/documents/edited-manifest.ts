import type {Credential, CredentialContent} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {assertNoteFits} from '../domain/field-limit.js';
import {Secret} from '../domain/secret.js';
import {findProvider, isSecretField} from '../providers/catalog.js';
import {arrangeData} from '../providers/data.js';
import {visible} from '../text/visible.js';
import {readManifest, renderYaml} from './manifest.js';

const header = [
	'Change the name, the labels, the annotations `note` and `expires`, and the fields under `data`.',
	'Lines that start with # are ignored. An empty file cancels.',
];

/**
 * The credential as YAML for an editor, with secrets in clear, below a comment that says what can be changed.
 * `readManifest()` reads it back.
 */
export function manifestForEditing(credential: Credential): string {
	return `${header.map(line => `# ${line}\n`).join('')}${renderYaml(credential)}`;
}

/** The text from the editor, with `problem` as a comment at the top that replaces any earlier one. */
export function withProblem(text: string, problem: string): string {
	return `# problem: ${visible(problem)}\n${text.replace(/^\uFEFF?(?:# problem: .*(?:\r\n|\r|\n))*/, '')}`;
}

/** True when only comments and white space are left, which means cancel. */
export function isCancelled(text: string): boolean {
	return text
		.replace(/^\uFEFF/, '')
		.split(/\r\n|\r|\n/)
		.every(line => /^\s*(?:#|$)/.test(line));
}

/** The credential as YAML without a comment. Every secret reads `hidden`, or is in clear when `hidden` is undefined. */
export function maskedManifest(credential: Credential, hidden: string | undefined): string {
	if (hidden === undefined) return renderYaml(credential);
	const data = new Map(
		[...credential.data].map(
			([key, value]) => [key, isSecretField(credential.provider, key) ? new Secret(hidden) : value] as const,
		),
	);
	return renderYaml({...credential, data});
}

/**
 * Replaces values that are `hidden` with those from `data`. Throws `invalid` for a field without a value in `data`, and
 * for a secret that contains `hidden` and more.
 */
export function withHidden(
	content: CredentialContent,
	hidden: string,
	data: CredentialContent['data'],
): CredentialContent {
	const mark = new Secret(hidden);
	const isAround = (key: string, value: Secret): boolean =>
		isSecretField(content.provider, key) && value.reveal().includes(hidden);
	const filled = [...content.data].map(([key, value]) => {
		if (!value.equals(mark)) {
			if (!isAround(key, value)) return [key, value] as const;
			throw new PharmerError(
				'invalid',
				`\`${key}\` holds the mark of a hidden value and more`,
				'replace all of it, or leave the mark as it is',
			);
		}
		const kept = data.get(key);
		if (kept !== undefined) return [key, kept] as const;
		throw new PharmerError('invalid', `\`${key}\` is the mark of a hidden value, but nothing is hidden there`);
	});
	return {...content, data: new Map(filled)};
}

/**
 * Reads the edited manifest of the credential `before`. Throws `invalid`, also when the provider or the creation time
 * has changed.
 */
export function readEdited(text: string, before: Credential): CredentialContent {
	const {name, provider: provided, data, labels, note, expires, created} = readManifest(text);
	if (name === undefined) throw new PharmerError('invalid', '`metadata.name` is missing');
	assertNoteFits(note, before.note);
	if (created !== undefined && created !== before.created) {
		throw new PharmerError('invalid', `\`metadata.creationTimestamp\` has to stay \`${before.created}\``);
	}
	if (provided !== before.provider) {
		throw new PharmerError(
			'invalid',
			`\`spec.provider\` has to stay \`${before.provider}\``,
			'create another credential for another provider',
		);
	}
	const provider = findProvider(before.provider);
	return {
		name,
		provider: before.provider,
		data: provider === undefined ? data : arrangeData(provider, data),
		labels,
		...(note === undefined ? {} : {note}),
		...(expires === undefined ? {} : {expires}),
	};
}
