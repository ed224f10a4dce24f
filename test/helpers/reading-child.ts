import {createHash} from 'node:crypto';
import fs from 'node:fs';
import process from 'node:process';
import {PharmerError} from '../../source/domain/errors.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';

/**
 * Looks at a vault file, or with `hash` only reads and hashes it, and prints as JSON what that cost and what was said
 * of it.
 */
const [task, file = ''] = process.argv.slice(2);

async function answer(): Promise<string> {
	if (task === 'hash') return createHash('sha256').update(fs.readFileSync(file)).digest('hex');
	try {
		await fileVaultPlace(file).inspect();
		return 'sound';
	} catch (error) {
		return error instanceof PharmerError ? `${error.code}: ${error.message}` : String(error);
	}
}

async function measure(): Promise<void> {
	const start = process.cpuUsage();
	const said = await answer();
	const {user, system} = process.cpuUsage(start);
	const megabytes = process.resourceUsage().maxRSS / 1024;
	fs.writeSync(1, `${JSON.stringify({milliseconds: (user + system) / 1000, megabytes, said})}\n`);
}

void measure();
