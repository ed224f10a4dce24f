import type {Environment} from '../domain/environment.js';
import {importWorld} from '../look/this-machine.js';
import {directoryNames} from '../platform/directory-names.js';
import {expandHome} from '../platform/home.js';
import {missingFile, readOrdinaryFile} from '../platform/input-file.js';
import {writeNewFile} from '../platform/new-file.js';
import type {Machine} from './machine.js';

/** The machine that runs this process, for the user with that environment. */
export function thisMachine(environment: Environment, isDemo: boolean): Machine {
	return {
		isDemo,
		world: importWorld(environment),
		expand: expandHome,
		// A pipe that nobody writes to could not even be left: the end of the process waits for it.
		async read(path) {
			const file = await readOrdinaryFile(path);
			if (file === undefined) throw missingFile(path);
			return file.text;
		},
		names: directoryNames,
		writeNew: writeNewFile,
	};
}
