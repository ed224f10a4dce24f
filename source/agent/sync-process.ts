import {spawn} from 'node:child_process';
import {join} from 'node:path';
import process from 'node:process';
import {parseLine} from './protocol.js';
import type {RunSync} from './syncs.js';

/** The longest that one sync may take, in milliseconds. */
const patience = 5 * 60_000;
/** How long it may take to end, in milliseconds. */
const graceMs = 2000;

/**
 * Syncs a vault in a process of its own, so that this one opens no connection and keeps no text of the vault. The key
 * goes to its standard input.
 */
export const syncProcess: RunSync = ({path, id, key}, signal) =>
	new Promise(resolve => {
		const child = spawn(process.execPath, [join(import.meta.dirname, 'sync-child.mjs')], {
			stdio: ['pipe', 'pipe', 'ignore'],
			windowsHide: true,
		});
		// It ends what it has started, at once; or else it is ended itself.
		const kill = (): void => {
			child.kill('SIGTERM');
			setTimeout(() => child.kill('SIGKILL'), graceMs).unref();
		};
		const timer = setTimeout(kill, patience);
		signal.addEventListener('abort', kill, {once: true});
		if (signal.aborted) kill();
		let text = '';
		child.stdout.setEncoding('utf8').on('data', (part: string) => {
			text += part;
		});
		const end = (failure?: string): void => {
			clearTimeout(timer);
			signal.removeEventListener('abort', kill);
			resolve(failure === undefined ? {} : {failure});
		};
		child.once('error', () => end('its process does not start'));
		child.once('close', () => {
			const {isDone, failure} = parseLine(text);
			if (isDone === true) end();
			else end(typeof failure === 'string' ? failure : 'its process was ended');
		});
		child.stdin.on('error', () => {});
		child.stdin.write(`${JSON.stringify({path, id})}\n`);
		const copy = Buffer.from(key);
		child.stdin.end(copy, () => copy.fill(0));
	});
