import {expandHome} from '../../platform/home.js';
import {removeFile, writeNewFile} from '../../platform/new-file.js';
import {replaceFile} from '../../platform/replaced-file.js';

/**
 * Makes a new file, readable by its owner only, for the text that `work` resolves to. It is made first, so that nothing
 * is done for what can't be written. A failure leaves no file. Throws `file`.
 */
export async function intoNewFile(path: string, work: () => Promise<string>): Promise<void> {
	const file = expandHome(path);
	await writeNewFile(file, '');
	try {
		await replaceFile(file, Buffer.from(await work()));
	} catch (error) {
		await removeFile(file);
		throw error;
	}
}
