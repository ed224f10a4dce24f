import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import type {TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
import {pythonWith} from './python.js';

/** Keystone itself. It locks a user after three wrong passwords. */
export type Keystone = {
	/** The address of its identity API. */
	readonly url: string;
	/** Asks it with a token, and resolves to the id of what it has made. Rejects when it refuses. */
	readonly call: (token: string, method: string, path: string, body?: object) => Promise<Made>;
	/** Signs a user of the default domain in, for a project there, and resolves to the token. */
	readonly signIn: (name: string, password: string, project: string) => Promise<string>;
	/** The token of its administrator. */
	readonly admin: string;
};

type Made = {readonly id: string; readonly secret: string};

/** Keystone 30.0.0 on loopback; undefined where it can't be had, which is said. */
export async function keystone(context: TestContext): Promise<Keystone | undefined> {
	const python = pythonWith(context, 'keystone==30.0.0', 'werkzeug==3.1.9');
	if (python === undefined) return undefined;
	const folder = mkdtempSync(join(tmpdir(), 'keystone-'));
	context.after(() => rmSync(folder, {recursive: true, force: true, maxRetries: 5}));
	const script = fileURLToPath(new URL('keystone-server.py', import.meta.url));
	const password = 'invented';
	const server = spawn(python, [script, folder, password], {
		stdio: ['ignore', 'pipe', 'ignore'],
		env: {...process.env, PYTHONWARNINGS: 'ignore'},
	});
	context.after(() => void server.kill('SIGKILL'));
	const port = await new Promise<string>((resolve, reject) => {
		server.stdout.setEncoding('utf8').on('data', (text: string) => resolve(text.trim()));
		server.once('exit', () => reject(new Error('keystone does not start')));
	});
	const url = `http://127.0.0.1:${port}/v3`;
	const ask = async (token: string, method: string, path: string, body?: object): Promise<Response> => {
		const headers = {'content-type': 'application/json', 'x-auth-token': token};
		const answer = await fetch(`${url}${path}`, {
			method,
			headers,
			...(body === undefined ? {} : {body: JSON.stringify(body)}),
		});
		if (!answer.ok) throw new Error(`keystone, ${method} ${path}: ${answer.status} ${await answer.text()}`);
		return answer;
	};
	const signIn: Keystone['signIn'] = async (name, secret, project) => {
		const domain = {id: 'default'};
		const identity = {methods: ['password'], password: {user: {name, domain, password: secret}}};
		const scope = {project: {name: project, domain}};
		const answer = await ask('', 'POST', '/auth/tokens', {auth: {identity, scope}});
		return answer.headers.get('x-subject-token') ?? '';
	};
	return {
		url,
		signIn,
		admin: await signIn('admin', password, 'admin'),
		async call(token, method, path, body) {
			const text = await (await ask(token, method, path, body)).text();
			const [made] = text === '' ? [] : Object.values(JSON.parse(text));
			return {id: '', secret: '', ...(made as object)};
		},
	};
}
