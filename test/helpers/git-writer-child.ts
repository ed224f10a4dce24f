import process from 'node:process';
import {systemGit} from '../../source/platform/git.js';
import {gitStore} from '../../source/stores/git.js';

/** Puts so many objects into the next free numbers of a log, and prints each number when it is told that it has it. */
async function write([remote = '', cache = '', name = '', count = '']: readonly string[]): Promise<void> {
	const store = gitStore({remote, branch: 'pharmer'}, systemGit(process.env), cache);
	let number = 1;
	for (let done = 0; done < Number(count); number++) {
		const key = `a/log/${String(number).padStart(12, '0')}`;
		if ((await store.get(key, 0)) !== undefined) continue;
		if ((await store.create(key, Buffer.from(`${name} ${done}`))) === 'exists') continue;
		process.stdout.write(`${number}\n`);
		done++;
	}
	store.close();
}

write(process.argv.slice(2));
