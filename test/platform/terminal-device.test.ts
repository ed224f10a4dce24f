import assert from 'node:assert/strict';
import {chmodSync, statSync} from 'node:fs';
import process from 'node:process';
import {test} from 'node:test';
import {type IPty, spawn} from '@lydell/node-pty';
import {writeToDevice} from '../../source/platform/terminal-device.js';

const onlyLinux = process.platform === 'linux' ? false : 'SKIPPED: only Linux tells the number of a terminal';

/** A terminal, and what it has shown. */
function terminal() {
	const pty = spawn('cat', [], {}) as IPty & {readonly ptsName: string; destroy(): void};
	let shown = '';
	pty.onData(data => {
		shown += data;
	});
	const {dev, ino, rdev, ctimeNs} = statSync(pty.ptsName, {bigint: true});
	return {pty, device: {path: pty.ptsName, identity: [dev, ino, rdev, ctimeNs].join(' ')}, shown: () => shown};
}

/** Resolves when the terminal has shown everything that was written to it before. */
async function flushed({pty, shown}: ReturnType<typeof terminal>): Promise<void> {
	pty.write('flushed\r');
	while (!/flushed\r\nflushed/.test(shown())) await new Promise(resolve => setImmediate(resolve));
}

test('a terminal is written to while it is the same one, however much it has shown since', {
	skip: onlyLinux,
}, async context => {
	const one = terminal();
	context.after(() => one.pty.destroy());
	await flushed(one);
	writeToDevice(one.device, 'to the terminal');
	while (!one.shown().includes('to the terminal')) await new Promise(resolve => setImmediate(resolve));
});

test('a terminal that was closed, or whose path leads to another by now, is left alone', {
	skip: onlyLinux,
}, async context => {
	const one = terminal();
	context.after(() => one.pty.destroy());
	assert.throws(() => writeToDevice({...one.device, identity: `${one.device.identity}0`}, 'hidden'));
	// As for a terminal that was opened under the same number, its time differs.
	const time = () => statSync(one.device.path, {bigint: true}).ctimeNs;
	// The clock of files moves in steps.
	for (const before = time(); time() === before; ) chmodSync(one.device.path, 0o600);
	assert.throws(() => writeToDevice(one.device, 'hidden'));
	assert.throws(() => writeToDevice({path: '/dev/pts/99999', identity: ''}, 'hidden'));
	await flushed(one);
	assert.ok(!one.shown().includes('hidden'));
});
