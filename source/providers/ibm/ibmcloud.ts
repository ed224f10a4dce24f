import {forRules} from '../../domain/field-limit.js';
import {parseAssignments} from '../../text/assignments.js';
import {type MapNode, member} from '../../text/node.js';
import {foundValues} from '../found-values.js';
import type {FileGroup, Importer, Places, Reading, Refused} from '../importer.js';
import {place} from '../place.js';
import {readYamlMap, yamlText} from '../yaml-map.js';
import {ibm} from './schema.js';
import {type Setting, settingsForNode, settingsForPython} from './settings.js';

const envFile = 'ibm-credentials.env';

const isJson = (text: string): boolean => text.trimStart().startsWith('{');

const isKeyFile = (map: MapNode): boolean =>
	member(map, 'apikey') !== undefined &&
	member(map, 'name') !== undefined &&
	['createdAt', 'created_at', 'description', 'iam_id'].some(key => map.members.has(key));

function readKeyFile(text: string): Reading {
	const map = readYamlMap(text);
	const apiKey = yamlText(map, 'apikey');
	return {found: apiKey === '' ? [] : [foundValues(ibm, yamlText(map, 'name'), {apiKey})], refused: []};
}

/** The properties of a service: `SPEECH_TO_TEXT_APIKEY` is the key of `SPEECH_TO_TEXT`. */
const property = /^(.+?)_(APIKEY|IAM_APIKEY|AUTH_TYPE|AUTHTYPE|URL|USERNAME|PASSWORD|BEARER_TOKEN|IAM_PROFILE_ID)$/;

type Service = ReadonlyMap<string, string>;

function servicesIn(values: ReadonlyMap<string, string>): ReadonlyMap<string, Service> {
	const services = new Map<string, Map<string, string>>();
	for (const [name, value] of values) {
		const [, label = '', key = ''] = property.exec(name) ?? [];
		if (label === '' || value === '') continue;
		services.set(label, (services.get(label) ?? new Map()).set(key, value));
	}
	return services;
}

const keyOf = (service: Service): string => service.get('APIKEY') ?? service.get('IAM_APIKEY') ?? '';

const typeOf = (service: Service): string | undefined =>
	(service.get('AUTH_TYPE') ?? service.get('AUTHTYPE'))?.toLowerCase();

/** The types whose key is one for IAM. */
const ofIam: readonly string[] = ['iam', 'iamassume'];

function isOfIbm(service: Service): boolean {
	const url = forRules(service.get('URL') ?? '');
	return (
		ofIam.includes(typeOf(service) ?? '') ||
		/\.(?:cloud\.ibm\.com|appdomain\.cloud|watsonplatform\.net)(?:[/:]|$)/.test(url)
	);
}

/**
 * Why a service is not kept, or undefined. A key without a type is for IAM (node-sdk-core,
 * get-authenticator-from-environment.ts).
 */
function refusal(service: Service): string | undefined {
	const type = typeOf(service) ?? 'iam';
	if (keyOf(service) !== '') return ofIam.includes(type) ? undefined : 'has a key that is not for IBM Cloud IAM';
	if (service.has('BEARER_TOKEN')) return 'has only a token, which expires by itself';
	if (service.has('PASSWORD')) return 'has a user and a password of one service, no API key';
	if (service.has('IAM_PROFILE_ID') || type === 'container' || type === 'vpc')
		return 'takes its sign-in from the machine that it runs on';
	return undefined;
}

/** Whether a key is as IBM makes them, with nothing in it that a quote or a shell would change. */
const isOwnKey = (value: string): boolean => /^[\w-]+$/.test(value);

/** Which SDKs take that value of a setting, where not all do. */
function remarkOn(value: string, node: Setting | undefined, python: Setting | undefined): string | undefined {
	if (node?.value === value && python?.value !== value) {
		const other =
			python === undefined || python.line === node.line ? '' : `, and the Python SDK takes line ${python.line}`;
		return `line ${node.line}: only the Node SDK reads this key${other}`;
	}
	if (python?.value !== value || node?.value === value) return undefined;
	return `line ${python.line}: the Node SDK does not read this key`;
}

function readEnvFile(text: string): Reading {
	const {values, reasons} = parseAssignments(text);
	const [node, python] = [settingsForNode(text), settingsForPython(text)];
	const settings = new Map(values);
	const odd: Refused[] = [];
	for (const [name, {value, line}] of node) {
		const [, label = '', key = ''] = property.exec(name) ?? [];
		if (!/^\w+$/.test(label) || values.get(name) === value) continue;
		const isUnset = value === '' && !values.get(name);
		if (isOwnKey(value) || isUnset || !key.endsWith('APIKEY')) {
			settings.set(name, value);
			continue;
		}
		settings.delete(name);
		const why =
			reasons.get(name) ?? `is written on line ${line} in a way that only the Node SDK reads: write it as NAME=value`;
		odd.push({label, reason: `has a key that ${why}`});
	}
	const services = [...servicesIn(settings)];
	const refused: Refused[] = services.flatMap(([label, service]) => {
		const reason = refusal(service);
		return reason === undefined ? [] : [{label, reason}];
	});
	const kept = services.filter(([, service]) => keyOf(service) !== '' && refusal(service) === undefined);
	return {
		found: kept.map(([label, service]) => {
			const found = foundValues(ibm, label, {apiKey: keyOf(service)});
			const name = `${label}_${service.has('APIKEY') ? 'APIKEY' : 'IAM_APIKEY'}`;
			const remark = remarkOn(keyOf(service), node.get(name), python.get(name));
			if (remark !== undefined) return {...found, remark};
			if (typeOf(service) !== 'iamassume') return found;
			return {...found, remark: 'its service takes on a trusted profile with this key, which is not kept'};
		}),
		refused: [...refused, ...odd],
	};
}

/**
 * The variable names the file or its directory. The SDKs also look in the current directory, which is skipped: anybody
 * may have put a file there (node-sdk-core, file-reading-helpers.ts).
 */
function files(places: Places): readonly FileGroup[] {
	const named = places.environment.IBM_CREDENTIALS_FILE;
	return named ? [[place(places, named, envFile)], [place(places, named)]] : [[place(places, places.home, envFile)]];
}

/**
 * The key file that the console and `ibmcloud iam api-key-create --file` write, and the SDKs' `ibm-credentials.env`,
 * which can hold several services.
 */
export const ibmcloud: Importer = {
	kind: 'ibmcloud',
	title: 'IBM Cloud',
	providers: ['ibm'],
	files,
	firstOnly: true,
	recognizes: ({text, name: fileName, isJsonObject, yamlMap}) => {
		if (isJsonObject) return yamlMap !== undefined && isKeyFile(yamlMap);
		const services = [...servicesIn(parseAssignments(text).values).values()];
		return services.some(service => keyOf(service) !== '' && (fileName === envFile || isOfIbm(service)));
	},
	read: ([text]) => (isJson(text) ? readKeyFile(text) : readEnvFile(text)),
};
