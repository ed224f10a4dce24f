import {MessageChannel} from 'node:worker_threads';

/** What is smaller is left to the collection of garbage, in bytes. */
const least = 2 ** 20;

/**
 * Fills bytes with zero that nobody reads any more, and gives their memory back to the system: Node.js counts the
 * memory of buffers little, and an idle app would keep that of a whole vault for minutes. Resolves when it is back.
 */
export async function letGo(bytes: Buffer): Promise<void> {
	bytes.fill(0);
	const {buffer} = bytes;
	if (bytes.length < least || !(buffer instanceof ArrayBuffer)) return;
	// What is on its way to a port goes when that is closed.
	const {port1, port2} = new MessageChannel();
	port1.postMessage(undefined, [buffer]);
	await new Promise<void>(resolve => {
		port2.on('close', resolve);
		port2.close();
	});
}
