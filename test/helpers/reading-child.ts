import {createHash} from 'node:crypto';
import fs from 'node:fs';
import process from 'node:process';
import {PharmerError} from '../../source/domain/errors.js';
import {confVaultPlace} from '../../source/vault/conf-vault.js';

/** Looks at a vault file, or with `hash` only reads and hashes it, and prints as JSON what that cost and what was said of it. */
const [task, file = ''] = process.argv.slice(2);

function answer(): string {
	if (task === 'hash') return createHash('sha256').update(fs.readFileSync(file)).digest('hex');
	try {
		confVaultPlace(file).inspect();
		return 'sound';
	} catch (error) {
		return error instanceof PharmerError ? `${error.code}: ${error.message}` : String(error);
	}
}

const start = process.cpuUsage();
const said = answer();
const {user, system} = process.cpuUsage(start);
const megabytes = process.resourceUsage().maxRSS / 1024;
fs.writeSync(1, `${JSON.stringify({milliseconds: (user + system) / 1000, megabytes, said})}\n`);
