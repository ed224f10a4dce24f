import type {Readable, Writable} from 'node:stream';
import {PharmerError} from '../domain/errors.js';
import type {Masking} from '../text/masking.js';
import {takeOutputErrors} from './process.js';

export type OutputName = 'standard output' | 'standard error';

/** A stream of this process. */
export type Output = {readonly name: OutputName; readonly stream: Writable};

/**
 * Passes a stream on, masked, as fast as the other takes it. When the other takes nothing any more, the stream is
 * closed, as a reader that goes away does it. Throws `file` when that is for another reason than a reader that is gone,
 * except for standard error, where nobody would see it.
 */
export async function passOn(source: Readable, {name, stream}: Output, masking: Masking): Promise<void> {
	let failure: NodeJS.ErrnoException | undefined;
	const release = takeOutputErrors(stream, error => {
		failure ??= error;
		source.destroy();
	});
	try {
		await new Promise<void>(resolve => {
			const write = (bytes: Buffer): void => {
				if (bytes.length === 0 || failure !== undefined || stream.write(bytes)) return;
				source.pause();
				stream.once('drain', () => source.resume());
			};
			source.on('data', (chunk: Buffer) => write(masking.push(chunk)));
			source.once('end', () => write(masking.end()));
			source.on('error', () => {});
			source.once('close', resolve);
		});
		if (failure === undefined) await written(stream);
	} finally {
		release();
	}
	if (failure === undefined || failure.code === 'EPIPE' || name === 'standard error') return;
	throw new PharmerError('file', `${name} can't be written: ${failure.code}`, 'make room, or send it elsewhere');
}

/** Resolves when everything was written, or can't be. */
function written(stream: Writable): Promise<void> {
	return new Promise(resolve => {
		stream.write('', () => setImmediate(resolve));
	});
}
