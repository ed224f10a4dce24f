import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

const folder = fileURLToPath(new URL('../newer-node', import.meta.url));
const binary = `${folder}/node_modules/node/bin/${process.platform === 'win32' ? 'node.exe' : 'node'}`;

/**
 * The path of a newer Node.js than the one that runs the tests, installed on first use; undefined when that fails,
 * which is an error where CI is set.
 */
export function newerNode(): string | undefined {
	if (!existsSync(binary)) {
		const npm = process.env.npm_execpath;
		const [command, args] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
		spawnSync(command, [...args, 'ci', '--no-audit', '--no-fund'], {cwd: folder, stdio: 'ignore', timeout: 300_000});
	}
	if (existsSync(binary)) return binary;
	if (process.env.CI) throw new Error('the newer Node.js could not be installed');
	return undefined;
}
