import {createHash, type KeyObject, verify} from 'node:crypto';
import type {Received} from './fake-cloud.js';

/** The key that a request to Oracle is signed with, whether with its private half, and the time that it carries. */
export type OciSignature = {readonly id: string; readonly verifies: boolean; readonly date: number};

/** Reads the signature of a request as it came in, and checks it by the public key (HTTP signatures, draft 8). */
export function checkOci({method, target, headers, body}: Received, publicKey: KeyObject): OciSignature {
	const parts = new Map(
		[...(headers.authorization ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
	);
	const names = parts.get('headers')?.split(' ') ?? [];
	const lines = names.map(name =>
		name === '(request-target)' ? `${name}: ${method.toLowerCase()} ${target}` : `${name}: ${headers[name]}`,
	);
	const ofBody = ['content-length', 'content-type', 'x-content-sha256'];
	const due = ['(request-target)', 'host', 'x-date', ...(/^P/.test(method) ? ofBody : [])];
	const hash = createHash('sha256').update(body).digest('base64');
	const isWhole = parts.get('version') === '1' && parts.get('algorithm') === 'rsa-sha256';
	return {
		id: parts.get('keyId') ?? '',
		verifies:
			isWhole &&
			(headers['x-content-sha256'] ?? hash) === hash &&
			due.every(name => names.includes(name)) &&
			verify('sha256', Buffer.from(lines.join('\n')), publicKey, Buffer.from(parts.get('signature') ?? '', 'base64')),
		date: Date.parse(String(headers['x-date'])),
	};
}
