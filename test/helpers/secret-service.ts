import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import type {TestContext} from 'node:test';

const programs = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon', 'secret-tool'];
const isLinux = process.platform === 'linux';
const missing = isLinux ? programs.filter(each => spawnSync(each, ['--version']).error !== undefined) : [];
if (missing.length > 0 && process.env.CI) throw new Error(`needed and not installed: ${missing.join(', ')}`);

/** Why there is no Secret Service to test with. */
export const noSecretService = !isLinux
	? 'SKIPPED: the Secret Service is of Linux'
	: missing.length > 0
		? `SKIPPED: ${missing.join(', ')} NOT INSTALLED: nothing is known of the system's keyring`
		: false;

/** The environment of a program in a D-Bus session. */
type Session = {readonly DBUS_SESSION_BUS_ADDRESS: string; readonly XDG_RUNTIME_DIR: string};

const service = 'org.freedesktop.secrets';

/** Runs a program to its end, and gives what it wrote. Throws when it fails. */
function run(command: readonly [string, ...string[]], env: NodeJS.ProcessEnv, input: string | Buffer = ''): string {
	const [program, ...args] = command;
	const {status, stdout, stderr} = spawnSync(program, args, {env, input, encoding: 'utf8'});
	if (status !== 0) throw new Error(`${program}: ${stderr}`);
	return stdout;
}

/** The first line that a process writes. */
function firstLine(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let text = '';
		child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
			text += chunk;
			if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
		});
		child.on('close', () => reject(new Error('the bus has ended')));
	});
}

/** A D-Bus session in that home directory. `service` is its Secret Service, unlocked. Both end with the test. */
export async function secretService(context: Pick<TestContext, 'after'>, home: string) {
	const runtime = join(home, 'run');
	mkdirSync(runtime, {recursive: true, mode: 0o700});
	const own = {PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: runtime};
	const bus = spawn('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address'], {
		env: own,
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	let daemon = 0;
	context.after(() => {
		if (daemon > 0) process.kill(daemon, 'SIGKILL');
		bus.kill('SIGKILL');
	});
	const address = await firstLine(bus);
	const session: Session = {DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: runtime};
	const env = {...own, ...session};
	const send = (destination: string, path: string, method: string, ...args: readonly string[]): string =>
		run(['dbus-send', '--session', '--print-reply=literal', `--dest=${destination}`, path, method, ...args], env);
	run(['gnome-keyring-daemon', '--unlock', '--components=secrets'], env, 'the password of the keyring');
	const ask = (method: string, ...args: readonly string[]) =>
		send('org.freedesktop.DBus', '/', `org.freedesktop.DBus.${method}`, `string:${service}`, ...args);
	// The answer comes once the daemon has its name on the bus.
	ask('StartServiceByName', 'uint32:0');
	const asked = ask('GetConnectionUnixProcessID');
	daemon = Number(/\d+$/.exec(asked.trim())?.[0]);
	const attributes = (entry: string) => ['service', 'pharmer', 'username', entry];
	return {
		session,
		bus: Number(bus.pid),
		daemon,
		lock(): void {
			const collection = '/org/freedesktop/secrets/collection/login';
			send(service, '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock', `array:objpath:${collection}`);
		},
		/** What another program finds there. */
		lookup: (entry: string): string | undefined =>
			spawnSync('secret-tool', ['lookup', ...attributes(entry)], {env, encoding: 'latin1'}).stdout || undefined,
		replace(entry: string, secret: string): void {
			run(['secret-tool', 'store', '--label=test', ...attributes(entry)], env, secret);
		},
		clear(entry: string): void {
			run(['secret-tool', 'clear', ...attributes(entry)], env);
		},
		/** The entries of pharmer. */
		entries: (): readonly string[] =>
			[
				...spawnSync('secret-tool', ['search', '--all', 'service', 'pharmer'], {env, encoding: 'utf8'}).stderr.matchAll(
					/attribute\.username = (.*)/g,
				),
			].map(([, entry = '']) => entry),
	};
}
