// The agent's process. `start.ts` starts it; the first vault's key comes over standard input.
import '../platform/first.js';
import fs from 'node:fs';
import path from 'node:path';
import {identityOf} from '../platform/agent-socket.js';
import {stopIfDebugged} from '../platform/guard.js';
import {closeInherited} from '../platform/inherited-descriptors.js';
import {programVersion} from '../platform/version.js';
import {fileVaultPlace} from '../vault/file-vault.js';
import {Agent} from './agent.js';
import {giveKey} from './client.js';
import {machineClock} from './clock.js';
import {talkTo} from './connection.js';
import {readStart, readyLine, type Start} from './handshake.js';
import {listen, type Server} from './server.js';

closeInherited();
stopIfDebugged();
const version = programVersion();
const agent = new Agent({
	version,
	clock: machineClock,
	place: file => fileVaultPlace(file),
	pid: process.pid,
	now: () => new Date(),
});
const start = readStart(0);
const server = await listen(agent, path.dirname(start.socket), () => process.exit());

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => server.close());
process.on('uncaughtException', () => {
	process.exitCode = 1;
	server.close();
});
await serve(start, server);

/** Serves, or leaves that to an agent that does so already. */
async function serve({socket, lease, key}: Start, {place, close}: Server): Promise<void> {
	for (;;) {
		const found = identityOf(socket);
		if (found !== undefined && (await handOver({socket, lease, key}))) {
			key.fill(0);
			answer();
			return close();
		}
		agent.hold(lease, key);
		if (await place(socket, found)) return answer();
	}
}

/** Gives the key to the agent that is there already, unless it is of another version: that one is ended. */
async function handOver({socket, lease, key}: Start): Promise<boolean> {
	const taken = await talkTo(socket, there => giveKey(there, version, lease, key));
	if (taken === false) await talkTo(socket, there => there.ask({ask: 'lock'}));
	return taken === true;
}

/** Tells whoever started this process that it serves, and lets go of the last of what it inherited. */
function answer(): void {
	// A signal that came early may have opened it only now.
	stopIfDebugged();
	fs.writeSync(1, readyLine);
	for (const descriptor of [0, 1]) {
		fs.closeSync(descriptor);
		fs.openSync('/dev/null', descriptor === 0 ? 'r' : 'w');
	}
}
