import {join, relative} from 'node:path';
import {PharmerError} from '../../source/domain/errors.js';
import type {World} from '../../source/look/world.js';

/** A machine with just these files, by their path: a text, or a text and a mode. Whose home directory is `/home/me`. */
export function filesWorld(
	files: Readonly<Record<string, string | readonly [text: string, mode: number]>> = {},
	environment: Readonly<Record<string, string | undefined>> = {},
): World {
	const home = '/home/me';
	const config = environment.XDG_CONFIG_HOME ?? join(home, '.config');
	const world: World = {
		now: () => new Date('2026-03-01T12:00:00Z'),
		places: {environment, platform: 'linux', home, config, userConfig: config},
		async read(path, limit = Number.POSITIVE_INFINITY) {
			const file = files[path];
			if (file === undefined) return undefined;
			if ((typeof file === 'string' ? file : file[0]).length > limit) {
				throw new PharmerError('invalid', `\`${path}\` is larger than ${limit} bytes`);
			}
			return typeof file === 'string' ? {text: file, mode: 0o600} : {text: file[0], mode: file[1]};
		},
		async list(directory, depth) {
			const inside = Object.keys(files)
				.map(path => relative(directory, path))
				.filter(path => path !== '' && !path.startsWith('..') && path.split('/').length <= depth + 1);
			return inside.length === 0 ? undefined : {paths: inside, whole: true};
		},
		within(directory) {
			const holds = (path: string): boolean => !relative(directory, path).startsWith('..');
			return {
				...world,
				read: async (path, limit) => (holds(path) ? world.read(path, limit) : undefined),
				list: async (path, depth) => (holds(path) ? world.list(path, depth) : undefined),
			};
		},
	};
	return world;
}

/** The names in a directory of these files, as `Machine.names()` gives them. */
export function namesIn(files: Readonly<Record<string, unknown>> = {}) {
	return async (directory: string, start: string) => {
		const below = Object.keys(files).flatMap(path => {
			const inside = relative(directory, path);
			return inside === '' || inside.startsWith('..')
				? []
				: [inside.includes('/') ? inside.replace(/\/.*/, '/') : inside];
		});
		const names = [...new Set(below)].filter(name => name.startsWith(start) && (start !== '' || !name.startsWith('.')));
		return {names: names.sort(), more: 0};
	};
}
