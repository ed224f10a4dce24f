import {createPrivateKey} from 'node:crypto';
import {isPath, pathNotText} from '../shape-rules.js';

/** The members that are read from a service account's key file; each is empty when missing or not text. */
export type ServiceAccount = {
	readonly type: string;
	readonly projectID: string;
	readonly privateKey: string;
	readonly privateKeyID: string;
	readonly clientEmail: string;
	/** Where the key is to be sent. It may be anyone's: a file must not decide that. */
	readonly tokenUri: string;
};

/**
 * Reads a Google service account's key file (google-auth-library, service accounts). Undefined when the text is not a
 * JSON object.
 */
export function readServiceAccount(text: string): ServiceAccount | undefined {
	let root: unknown;
	try {
		root = JSON.parse(text);
	} catch {
		return undefined;
	}
	if (typeof root !== 'object' || root === null || Array.isArray(root)) return undefined;
	const members = new Map<string, unknown>(Object.entries(root));
	const member = (key: string): string => {
		const value = members.get(key);
		return typeof value === 'string' ? value : '';
	};
	return {
		type: member('type'),
		projectID: member('project_id'),
		privateKey: member('private_key'),
		privateKeyID: member('private_key_id'),
		clientEmail: member('client_email'),
		tokenUri: member('token_uri'),
	};
}

function isPrivateKey(pem: string): boolean {
	try {
		return createPrivateKey(pem).type === 'private';
	} catch {
		return false;
	}
}

/** What is odd about the text of a service account's key file, or undefined. */
export function serviceAccountOddity(text: string): string | undefined {
	const account = readServiceAccount(text);
	if (account === undefined && isPath(text)) return pathNotText;
	if (account === undefined)
		return 'it is not a JSON object: the whole text of the key file is needed, braces included';
	if (account.type !== 'service_account') return 'its `type` is not `service_account`';
	if (account.privateKey === '') return 'it has no `private_key`';
	if (!isPrivateKey(account.privateKey)) return 'its `private_key` can not be read: a part of it may be missing';
	return undefined;
}
