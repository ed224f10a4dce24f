import {randomUUID} from 'node:crypto';
import type {ClosedFile} from '../../source/domain/closed-file.js';
import {Secret} from '../../source/domain/secret.js';

/** A closed file that is about to be made, with some of it. */
export function closedFile(more: Partial<ClosedFile> & Pick<ClosedFile, 'at' | 'credentials'>): ClosedFile {
	return {
		id: randomUUID(),
		machine: randomUUID(),
		path: '/home/me/.aws/credentials',
		target: '/home/me/dotfiles/aws',
		closing: 'process',
		mode: 0o644,
		closedMode: 0o600,
		owner: 1000,
		sha256: 'ab'.repeat(32),
		old: new Secret(Buffer.from([0, 255, 10, 13]).toString('base64')),
		size: 4,
		isDone: false,
		...more,
	};
}
