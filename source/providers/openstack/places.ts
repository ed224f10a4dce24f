import type {FileGroup, Places} from '../importer.js';
import {pathsOf} from '../paths.js';
import {place} from '../place.js';

/** A `.yaml` before a `.yml`, and that before a `.json`. */
const suffixes = ['yaml', 'yml', 'json'] as const;

/**
 * The directories in which the SDK looks, in its order, except for the current one, where anybody may have put a file
 * (openstacksdk, config/loader.py; the first and the fourth are platformdirs' for the user and the site).
 */
function directories(places: Places): readonly string[] {
	const {platform, environment, home, config, userConfig} = places;
	const {join} = pathsOf(places);
	const unix = join(environment.SNAP_REAL_HOME || home, '.config', 'openstack');
	if (platform === 'win32') {
		const local = environment.LOCALAPPDATA || join(home, 'AppData', 'Local');
		const all = environment.PROGRAMDATA || 'C:\\ProgramData';
		return [join(local, 'OpenStack', 'openstack'), unix, join(all, 'OpenStack', 'openstack')];
	}
	const [own, site] =
		platform === 'darwin'
			? [userConfig, '/Library/Application Support']
			: [config, environment.XDG_CONFIG_DIRS || '/etc/xdg'];
	return [
		...new Set([
			join(own, 'openstack'),
			unix,
			...site.split(':').map(each => join(each, 'openstack')),
			'/etc/openstack',
		]),
	];
}

/**
 * Every `clouds.yaml` with the files that may complete it: of `secure.yaml` and of `clouds-public.yaml` the first that
 * exists counts. The SDK takes the first of the search path; here those next to the `clouds.yaml` come before, since
 * the SDK reads one `clouds.yaml` only. OS_CLIENT_VENDOR_FILE is gophercloud's (utils/openstack/clientconfig).
 */
export function cloudFiles(places: Places): readonly FileGroup[] {
	const {join} = pathsOf(places);
	const {
		OS_CLIENT_CONFIG_FILE: named,
		OS_CLIENT_SECURE_FILE: secure,
		OS_CLIENT_VENDOR_FILE: vendor,
	} = places.environment;
	const searched = directories(places);
	const namedAt = (path: string | undefined): readonly string[] => (path ? [place(places, path)] : []);
	const filesIn = (from: readonly string[], name: string): readonly string[] =>
		from.flatMap(directory => suffixes.map(suffix => join(directory, `${name}.${suffix}`)));
	const companions = (from: readonly string[]): readonly string[] => [
		...namedAt(secure),
		...filesIn(from, 'secure'),
		...namedAt(vendor),
		...filesIn(from, 'clouds-public'),
	];
	const groups = searched.flatMap(directory => {
		const beside = companions([...new Set([directory, ...searched])]);
		return filesIn([directory], 'clouds').map(path => [path, ...beside] as const);
	});
	return [...namedAt(named).map(path => [path, ...companions(searched)] as const), ...groups];
}
