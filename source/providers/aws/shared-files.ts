import {isOverFieldLimit} from '../../domain/field-limit.js';
import type {IniSection} from '../../text/ini.js';
import {arrangeData} from '../data.js';
import type {FileText} from '../file-text.js';
import type {FileGroup, Found, Importer, Places, Reading, Refused} from '../importer.js';
import {awsFilePath} from './file-path.js';
import {type AwsFile, hasKeys, type Profile, readProfiles, wayNames, wayOf} from './profiles.js';
import {aws as provider} from './schema.js';

/** Both files together, or the config file alone when there is no credentials file. */
function files(places: Places): readonly FileGroup[] {
	const config = awsFilePath(places, 'config').path;
	return [[awsFilePath(places, 'credentials').path, config], [config]];
}

/** Whether `pharmer aws setup` wrote the section: its keys are in a vault. */
function isOurs({entries}: IniSection): boolean {
	const process = entries.get('credential_process')?.value ?? '';
	return !isOverFieldLimit(process) && / aws credential-process \S+$/.test(process);
}

function recognizes(file: FileText): boolean {
	const keys = ['aws_access_key_id', 'aws_secret_access_key'];
	const settings = [...wayNames, 'region', 'output'];
	return file.sections('aws').some(({name, entries}) => {
		const has = (key: string): boolean => entries.has(key);
		return keys.some(has) || (/^(profile|sso-session)\s/.test(name) && settings.some(has));
	});
}

/** `file` is the index of the first of the two files that has the profile, `from` those of the files with its keys. */
type Placed = Profile & {readonly file: number; readonly from: readonly number[]};

/** Whether both the key's id and its secret are there. */
const isWhole = ({data}: Profile): boolean => data.has('accessKeyID') && data.has('secretAccessKey');

/**
 * Merges a profile's sections of both files. The first takes precedence. What its keys lack is taken from the second,
 * as the SDKs do, but whole keys are never combined with others.
 */
function joined(first: Placed, second: Placed): Placed {
	const more = [...second.data].filter(([key]) => key === 'region' || !isWhole(first));
	const remark = first.remark ?? second.remark;
	const holdsSecret = first.data.has('secretAccessKey') || !second.data.has('secretAccessKey');
	const from = isWhole(first)
		? first.from
		: holdsSecret
			? [...first.from, ...second.from]
			: [...second.from, ...first.from];
	return {
		...first,
		from,
		data: arrangeData(provider, new Map([...more, ...first.data])),
		settings: new Set([...first.settings, ...second.settings]),
		...(remark === undefined ? {} : {remark}),
	};
}

/** Which of AWS's files a text is: the second of two is the config file, and so is one of that name. */
function kindOf(index: number, count: number, path = ''): AwsFile {
	if (index === 1 || /(?:^|[/\\])config$/.test(path)) return 'config';
	return count === 2 ? 'credentials' : 'either';
}

function read(texts: readonly (string | undefined)[], paths: readonly string[] = []): Reading {
	const profiles = new Map<string, Placed>();
	const broken = new Set<string>();
	const refused: Refused[] = [];
	for (const [file, text] of texts.entries()) {
		if (text === undefined) continue;
		const kind = kindOf(file, texts.length, paths[file]);
		const reading = readProfiles(text, kind, section => !isOurs(section));
		for (const each of reading.refused) refused.push(file === 0 ? each : {...each, file});
		for (const name of reading.broken) broken.add(name);
		for (const [name, profile] of reading.profiles) {
			const before = profiles.get(name);
			const placed = {...profile, file, from: hasKeys(profile.data) ? [file] : []};
			profiles.set(name, before === undefined ? placed : joined(before, placed));
		}
	}
	// A profile whose keys can't be read in one file is not taken from the other.
	for (const name of broken) profiles.delete(name);
	const found: Found[] = [];
	const keyless: string[] = [];
	for (const [label, {data, settings, file, from, remark}] of profiles) {
		const reason = wayOf(settings);
		if (hasKeys(data)) found.push({label, provider, data, from, ...(remark === undefined ? {} : {remark})});
		else if (reason !== undefined) refused.push({label, reason, file});
		else keyless.push(label);
	}
	return {found, refused, keyless};
}

/** The profiles in the shared credentials and config files. A profile's region may come from either file. */
export const aws: Importer = {
	kind: 'aws',
	title: 'AWS CLI and SDKs',
	providers: [provider.id],
	files,
	recognizes,
	read,
};
