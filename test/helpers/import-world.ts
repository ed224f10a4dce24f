import {join, relative} from 'node:path';
import type {World} from '../../source/importers/world.js';

/** A machine with just these files, by their path: a text, or a text and a mode. Whose home directory is `/home/me`. */
export function filesWorld(
	files: Readonly<Record<string, string | readonly [text: string, mode: number]>> = {},
	environment: Readonly<Record<string, string | undefined>> = {},
): World {
	const home = '/home/me';
	const config = environment.XDG_CONFIG_HOME ?? join(home, '.config');
	return {
		places: {environment, platform: 'linux', home, config, userConfig: config},
		async read(path) {
			const file = files[path];
			if (file === undefined) return undefined;
			return typeof file === 'string' ? {text: file, mode: 0o600} : {text: file[0], mode: file[1]};
		},
		async list(directory, depth) {
			const inside = Object.keys(files)
				.map(path => relative(directory, path))
				.filter(path => path !== '' && !path.startsWith('..') && path.split('/').length <= depth + 1);
			return inside.length === 0 ? undefined : inside;
		},
	};
}
