import {PharmerError} from '../../domain/errors.js';
import {Secret} from '../../domain/secret.js';
import {isNothing, type MapNode, mapOf, member, type Node} from '../../text/node.js';
import {arrangeData} from '../data.js';
import type {Importer, Reading} from '../importer.js';
import {refusalOf} from '../ini-file.js';
import {pathsOf} from '../paths.js';
import {hasYamlText, readYamlMap, yamlText} from '../yaml-map.js';
import {scaleway} from './schema.js';

/** Fields that a profile inherits from the top of the file, each on its own (scaleway-sdk-go, MergeProfiles). */
const shared = [
	['organization', 'default_organization_id'],
	['project', 'default_project_id'],
	['region', 'default_region'],
	['zone', 'default_zone'],
] as const;

/** Whether the profile sets it; a `key:` with nothing behind it does not. */
const sets = (profile: MapNode, key: string): boolean => member(profile, key) !== undefined;

/**
 * Reads one profile. A profile with neither key inherits both. A key pair is not split: half of it is never taken from
 * the top of the file, though the SDK would do so.
 */
function readProfile(label: string, profile: MapNode, top: MapNode): Reading {
	const refuse = (reason: string): Reading => ({found: [], refused: [{label, reason}]});
	if (profile !== top && profile.members.size === 0) return refuse('has nothing in it');
	const keys = sets(profile, 'access_key') || sets(profile, 'secret_key') ? profile : top;
	const accessKey = yamlText(keys, 'access_key');
	const secretKey = yamlText(keys, 'secret_key');
	if (secretKey === '') {
		if (accessKey !== '') return refuse('has an access key and no secret key');
		return profile === top
			? {found: [], refused: []}
			: refuse('has no keys, and inherits none from the top of the file');
	}
	const settings = shared.map(([field, key]) => [field, yamlText(sets(profile, key) ? profile : top, key)] as const);
	const texts = [...settings, ['accessKey', accessKey], ['token', secretKey]] as const;
	const data = arrangeData(scaleway, new Map(texts.map(([field, value]) => [field, new Secret(value)])));
	return {found: [{label, provider: scaleway, data}], refused: []};
}

/** A profile with nothing in it. */
const nothing: MapNode = {kind: 'map', at: {line: 1, column: 1}, members: new Map()};

/** The profiles under `profiles`, by name. */
function profilesIn(top: MapNode): readonly (readonly [string, Node])[] {
	const profiles = member(top, 'profiles');
	if (profiles === undefined) return [];
	return [...mapOf(profiles, '`profiles`').members].map(([name, {value}]) => [name, value]);
}

/** Reads one profile; one that is damaged is refused with its line. */
function readNode(label: string, node: Node, top: MapNode): Reading {
	if (label === 'default' && node !== top) {
		const reason = 'has the name of the settings at the top of the file: no tool reads it';
		return {found: [], refused: [{label, reason}]};
	}
	try {
		return readProfile(label, isNothing(node) ? nothing : mapOf(node, 'a profile'), top);
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		return {found: [], refused: [refusalOf(label, error)]};
	}
}

/** Whether a profile has keys and something that distinguishes it from another service with the same key names. */
function isScaleway(profile: MapNode): boolean {
	const accessKey = member(profile, 'access_key');
	const told =
		(accessKey?.kind === 'text' && accessKey.text.startsWith('SCW')) ||
		hasYamlText(profile, 'default_organization_id') ||
		hasYamlText(profile, 'default_project_id');
	return told && (accessKey !== undefined || hasYamlText(profile, 'secret_key'));
}

/**
 * The profiles of Scaleway's tools: the one at the top of the file, which they call `default`, and those under
 * `profiles`, which inherit its keys and settings (scaleway-sdk-go, scw/config.go and scw/path.go). It does not matter
 * which one is active.
 */
export const scw: Importer = {
	kind: 'scw',
	title: 'Scaleway CLI',
	providers: [scaleway.id],
	firstOnly: true,
	files: places => {
		const {join} = pathsOf(places);
		const named = places.environment.SCW_CONFIG_PATH;
		if (named) return [[named]];
		return [[join(places.config, 'scw', 'config.yaml')], [join(places.config, 'scw', 'config.yml')]];
	},
	recognizes: ({isJsonObject, yamlMap: top}) => {
		// A JSON object of fields has the same keys, but the tools never write JSON.
		if (top === undefined || isJsonObject) return false;
		const profiles = member(top, 'profiles');
		const nodes = profiles?.kind === 'map' ? [...profiles.members.values()].map(({value}) => value) : [];
		return [top, ...nodes.filter(node => node.kind === 'map')].some(isScaleway);
	},
	read: ([text]) => {
		// go-yaml v2
		const top = readYamlMap(text, 'last');
		const profiles = [['default', top] as const, ...profilesIn(top)];
		const readings = profiles.map(([label, node]) => readNode(label, node, top));
		return {found: readings.flatMap(({found}) => found), refused: readings.flatMap(({refused}) => refused)};
	},
};
