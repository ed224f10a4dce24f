import fs from 'node:fs';
import process from 'node:process';
import {sync} from '../../source/team/sync.js';
import {dieAt} from './dying.js';
import {reopened} from './file-device.js';
import {folderStore} from './folder-store.js';

/** Syncs a vault, and is killed at a call to the file system; parameters: vault, storage, the call's number, 1 for after. */
const [file = '', storage = '', at = '0', isAfter = '0'] = process.argv.slice(2);

void dieAt(
	Number(at),
	isAfter !== '0',
	async () => {
		const device = await reopened({file, store: folderStore(storage)});
		return () => sync(device);
	},
	() => fs.writeSync(1, 'synced\n'),
);
