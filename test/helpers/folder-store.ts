import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import {dirname, join} from 'node:path';
import type {Store} from '../../source/stores/store.js';

/** A store in a folder, for processes that are killed: an object is there whole, or not at all. */
export function folderStore(folder: string): Store {
	return {
		async get(key, most) {
			const file = join(folder, key);
			if (!fs.existsSync(file)) return undefined;
			const bytes = fs.readFileSync(file);
			return {bytes: bytes.subarray(0, most), isCut: bytes.length > most};
		},
		async create(key, bytes) {
			const file = join(folder, key);
			fs.mkdirSync(dirname(file), {recursive: true});
			const draft = join(folder, `.${randomBytes(8).toString('hex')}`);
			fs.writeFileSync(draft, bytes);
			try {
				fs.linkSync(draft, file);
				return 'created';
			} catch (error) {
				if ((error as {code?: string}).code === 'EEXIST') return 'exists';
				throw error;
			} finally {
				fs.rmSync(draft);
			}
		},
		async list(prefix, after) {
			const names = fs.readdirSync(folder, {recursive: true, withFileTypes: true});
			const keys = names.filter(each => each.isFile()).map(each => join(each.parentPath, each.name));
			const found = keys.map(each => each.slice(folder.length + 1)).filter(key => !key.startsWith('.'));
			return found.filter(key => key.startsWith(prefix) && key > after).sort();
		},
		close() {},
	};
}
