// The agent's process. `start.ts` starts it; the first vault's key comes over standard input.
import '../platform/first.js';
import fs from 'node:fs';
import path from 'node:path';
import {givenDescriptors} from '../platform/open-descriptors.js';
import {programVersion} from '../platform/version.js';
import {fileVaultPlace} from '../vault/file-vault.js';
import {Agent} from './agent.js';
import {machineClock} from './clock.js';
import {talkTo} from './connection.js';
import {readStart, type Start} from './handshake.js';
import {identityOf, listen} from './server.js';

const version = programVersion();

for (const {number} of givenDescriptors()) fs.closeSync(number);

const agent = new Agent({version, clock: machineClock, place: file => fileVaultPlace(file), pid: process.pid});
const server = listenFor(readStart(0));

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, async () => (await server).close());
process.on('uncaughtException', () => {
	agent.close();
	process.exit(1);
});
await server;

async function listenFor({socket, lease, key}: Start) {
	const made = await listen(agent, path.dirname(socket), () => process.exit(0));
	for (;;) {
		const found = identityOf(socket);
		if (found !== undefined && (await handOver({socket, lease, key}))) {
			key.fill(0);
			answer();
			await made.close();
			break;
		}
		agent.hold(lease, key);
		if (await made.place(socket, found)) break;
	}
	answer();
	return made;
}

/** Gives the key to the agent that is there already, unless it is of another version: that one is ended. */
async function handOver({socket, lease, key}: Start): Promise<boolean> {
	const taken = await talkTo(socket, async there => {
		const {is} = await there.ask({ask: 'add', version, ...lease}, key);
		return is === 'added';
	});
	if (taken === false) await talkTo(socket, there => there.ask({ask: 'lock'}));
	return taken === true;
}

/** Tells whoever started this process that it serves, and lets go of the last of what it inherited. */
function answer(): void {
	fs.writeSync(1, 'ready\n');
	for (const descriptor of [0, 1]) {
		fs.closeSync(descriptor);
		fs.openSync('/dev/null', descriptor === 0 ? 'r' : 'w');
	}
}
