import {once} from 'node:events';
import {connect} from 'node:net';

/** A connection to an agent's socket, byte by byte. Its end is waited for by `rest()`. */
export async function openLine(socketPath: string) {
	const socket = connect(socketPath);
	let received = Buffer.alloc(0);
	let isOver = false;
	let changed: () => void = () => {};
	socket.on('data', bytes => {
		received = Buffer.concat([received, bytes]);
		changed();
	});
	socket.on('error', () => {});
	socket.on('close', () => {
		isOver = true;
		changed();
	});
	await once(socket, 'connect');
	const until = (done: () => boolean): Promise<void> =>
		new Promise(resolve => {
			changed = () => {
				if (done() || isOver) resolve();
			};
			changed();
		});
	return {
		write: (bytes: string | Uint8Array) => socket.write(bytes),
		/** The next line; undefined when the connection has ended before. */
		async line(): Promise<string | undefined> {
			await until(() => received.includes('\n'));
			const end = received.indexOf('\n');
			if (end === -1) return undefined;
			const line = received.toString('utf8', 0, end);
			received = received.subarray(end + 1);
			return line;
		},
		/** Everything that arrives until the other side ends the connection. */
		async rest(): Promise<Buffer> {
			await until(() => isOver);
			return received;
		},
		end: () => socket.destroy(),
	};
}

/** Sends bytes, and resolves to everything that is answered before the other side ends the connection. */
export async function exchange(socketPath: string, ...bytes: readonly (string | Uint8Array)[]): Promise<string> {
	const line = await openLine(socketPath);
	for (const each of bytes) line.write(each);
	return (await line.rest()).toString('latin1');
}
