// Measures what a full history costs: the processor time of three commands on a vault of 10,000 credentials, as ratios
// to the same vault without a history, and the sizes of both files. `npm run bench:history`, or `npm run bench:history
// -- 30` for thirty rounds. The kernel counts processor time for the children that have ended, so commands run alone.
import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {Secret} from '../source/domain/secret.js';
import {fileVaultPlace} from '../source/vault/file-vault.js';
import {leastCost} from '../source/vault/keys/passphrase.js';
import {replaceCredentials} from '../source/vault/operations.js';
import {environmentOf, root} from './ink-program.js';
import {sampleCredentials} from './sample.js';

const rounds = Number(process.argv[2] ?? 15);
const count = 10_000;
const passphrase = 'correct horse battery staple';
const folder = mkdtempSync(join(tmpdir(), 'pharmer-bench-'));
const environment = {...environmentOf(folder), PHARMER_PASSPHRASE: passphrase, PHARMER_AGENT: 'off'};
const credentials = sampleCredentials(count, Date.now());
const some = credentials[count / 2]?.name ?? '';

/** A vault that was labelled so many times that its history is full; that one, or the same without its history. */
async function vaultOf(name: 'full' | 'plain'): Promise<string> {
	mkdirSync(join(folder, name), {mode: 0o700});
	const file = join(folder, name, 'vault.json');
	const vault = await fileVaultPlace(file, {kdfCost: leastCost}).create(new Secret(passphrase));
	await vault.change(content => ({content: {...content, credentials}, result: undefined}));
	for (let label = 0; label < 6; label++) {
		await vault.change(content =>
			replaceCredentials(
				content,
				content.credentials.map(basis => ({basis, next: {...basis, labels: new Map([['team', `core-${label}`]])}})),
				new Date(),
			),
		);
	}
	if (name === 'plain') await vault.change(content => ({content: {...content, sections: {}}, result: undefined}));
	await vault.close();
	return file;
}

/** Ticks of the processor that the ended children of this process have used, of them and of the kernel for them. */
function ticks(): number {
	const fields = readFileSync('/proc/self/stat', 'latin1').split(') ')[1]?.split(' ') ?? [];
	return Number(fields[13]) + Number(fields[14]);
}

/** Processor time of a command, in ticks. */
function costOf(file: string, args: readonly string[]): number {
	const before = ticks();
	const {status} = spawnSync(process.execPath, [join(root, 'dist/cli.js'), ...args, '--vault', file], {
		env: environment,
		stdio: 'ignore',
	});
	if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`);
	return ticks() - before;
}

try {
	const [plain, full] = [await vaultOf('plain'), await vaultOf('full')];
	const sizes = statSync(full).size / statSync(plain).size;
	process.stdout.write(`Node.js ${process.version}, ${count} credentials, sum of ${rounds} rounds\n\n`);
	process.stdout.write(`${'file'.padEnd(34)}${sizes.toFixed(3)} × without a history\n`);
	for (const args of [
		['get', 'credentials'],
		['get', 'credentials', '-o', 'json'],
		['get', some],
	]) {
		const costs = {plain: 0, full: 0};
		for (let round = 0; round < rounds; round++) {
			costs.plain += costOf(plain, args);
			costs.full += costOf(full, args);
		}
		const ratio = costs.full / costs.plain;
		process.stdout.write(`${args.join(' ').padEnd(34)}${ratio.toFixed(3)} × the processor time\n`);
	}
} finally {
	rmSync(folder, {recursive: true, force: true});
}
