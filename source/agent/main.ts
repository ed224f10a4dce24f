// The agent's process. `start.ts` starts it; the first vault's key comes over standard input.
import '../platform/first.js';
import fs from 'node:fs';
import {devNull} from 'node:os';
import path from 'node:path';
import {identityOf} from '../platform/agent-socket.js';
import {stopIfDebugged} from '../platform/guard.js';
import {closeInherited} from '../platform/inherited-descriptors.js';
import {programVersion} from '../platform/version.js';
import {fileVaultPlace} from '../vault/file-vault.js';
import {Agent} from './agent.js';
import type {TimedClearing} from './clearings.js';
import {giveClearing, giveKey} from './client.js';
import {machineClock} from './clock.js';
import {talkTo} from './connection.js';
import {readStart, readyLine, type Start} from './handshake.js';
import {lookUntilDone} from './looking.js';
import {listen, type Server} from './server.js';
import {syncProcess} from './sync-process.js';

closeInherited();
stopIfDebugged();
const version = programVersion();
const agent = new Agent({
	version,
	clock: machineClock,
	place: file => fileVaultPlace(file),
	pid: process.pid,
	now: () => new Date(),
	sync: syncProcess,
});
const start = readStart(0);
if (start.socket === undefined) await stayAlone(start.timed);
else await serve(start, await listen(agent, path.dirname(start.socket), () => process.exit()));

/** Calls `close` on whatever ends the process early. */
function closeWith(close: () => Promise<void>): void {
	for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, close);
	process.on('uncaughtException', () => {
		process.exitCode = 1;
		close();
	});
}

/** Empties a clipboard when it is time, without being reached by anybody. */
async function stayAlone({clearing, seconds}: TimedClearing): Promise<void> {
	const close = async (): Promise<void> => {
		agent.close();
		await agent.cleared();
		process.exit();
	};
	closeWith(close);
	agent.clearLater({clearing, seconds});
	answer();
	lookUntilDone(agent, close);
}

/** Serves, or leaves that to an agent that does so already. */
async function serve(start: Exclude<Start, {socket: undefined}>, {place, close}: Server): Promise<void> {
	closeWith(close);
	const leave = (): Promise<void> => {
		answer();
		return close();
	};
	for (;;) {
		const {socket} = start;
		const found = identityOf(socket);
		if ('timed' in start) {
			const {timed} = start;
			const taken = found && (await talkTo(socket, there => giveClearing(there, version, timed)));
			// It may hold keys that somebody needs.
			if (taken === 'other') return stayAlone(timed);
			if (typeof taken === 'boolean') return leave();
			agent.clearLater(timed);
		} else {
			if (found !== undefined && (await handOver(start))) {
				start.key.fill(0);
				return leave();
			}
			agent.hold(start.lease, start.key);
		}
		if (await place(socket, found)) return answer();
	}
}

/** Gives the key to the agent that is there already, unless it is of another version: that one is ended. */
async function handOver({socket, lease, key}: Extract<Start, {key: Buffer}>): Promise<boolean> {
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
		fs.openSync(devNull, descriptor === 0 ? 'r' : 'w');
	}
}
