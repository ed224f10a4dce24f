import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** A certificate for a private key that is signed with itself and good for so many days, as PEM. */
export function certificateFor(privateKeyPem: string, days: number): string {
	const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
	try {
		writeFileSync(join(folder, 'key.pem'), privateKeyPem);
		const args = ['req', '-x509', '-key', 'key.pem', '-subj', '/CN=1', '-days', String(days)];
		return execFileSync('openssl', args, {cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}
