import type {Environment} from '../domain/environment.js';
import {importWorld} from '../look/this-machine.js';
import {directoryNames} from '../platform/directory-names.js';
import {expandHome} from '../platform/home.js';
import {readInputFile} from '../platform/input-file.js';
import {writeNewFile} from '../platform/new-file.js';
import type {Machine} from './machine.js';

/** The machine that runs this process, for the user with that environment. */
export function thisMachine(environment: Environment, isDemo: boolean): Machine {
	return {
		isDemo,
		world: importWorld(environment),
		expand: expandHome,
		read: async path => (await readInputFile(path)).text,
		names: directoryNames,
		writeNew: writeNewFile,
	};
}
