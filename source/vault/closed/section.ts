import {type ClosedFile, closings} from '../../domain/closed-file.js';
import {isObject, type Json, type JsonObject} from '../../domain/json.js';
import {Secret} from '../../domain/secret.js';
import {isTimestamp} from '../../domain/time.js';

/** The content's section that holds the closed files, and the version of it that this program writes. */
const name = 'closed';
const version = 1;

type Sections = {readonly sections?: JsonObject};

/** Whether a section is that of the closed files as this program writes it. */
export function isClosedFiles(section: string, value: Json): boolean {
	return section === name && filesIn(value) !== undefined;
}

/**
 * The closed files, oldest first; undefined when a newer program keeps them, whose section is not touched.
 */
export function closedFiles({sections = {}}: Sections): readonly ClosedFile[] | undefined {
	const section = sections[name];
	return section === undefined ? [] : filesIn(section);
}

/** The content with these closed files. */
export function withClosedFiles<Content extends Sections>(content: Content, files: readonly ClosedFile[]): Content {
	const {[name]: known, ...others} = content.sections ?? {};
	if (files.length === 0 && known === undefined) return content;
	const sections = files.length === 0 ? others : {...content.sections, [name]: {version, files: files.map(recordOf)}};
	return {...content, sections};
}

/** The bytes of a closed file as they were; undefined where closing changed none. */
export function oldBytesOf({old}: ClosedFile): Buffer | undefined {
	return old && Buffer.from(old.reveal(), 'base64');
}

function recordOf({old, credentials, isDone, ...file}: ClosedFile): JsonObject {
	return {...file, ...(old === undefined ? {} : {old: old.reveal()}), credentials: [...credentials], isDone};
}

function filesIn(value: Json): readonly ClosedFile[] | undefined {
	if (!isObject(value) || Object.keys(value).length !== 2 || value.version !== version) return undefined;
	if (!Array.isArray(value.files)) return undefined;
	const files = value.files.map(fileIn);
	return files.every(each => each !== undefined) ? files : undefined;
}

const texts = ['id', 'machine', 'path', 'target', 'at', 'sha256'] as const;
const numbers = ['mode', 'closedMode', 'owner', 'size'] as const;
const count = texts.length + numbers.length + 3;

function fileIn(value: unknown): ClosedFile | undefined {
	if (!isObject(value)) return undefined;
	const {closing: how, old, credentials, isDone} = value;
	const closing = closings.find(each => each === how);
	const isWhole =
		texts.every(each => typeof value[each] === 'string') &&
		numbers.every(each => Number.isSafeInteger(value[each])) &&
		Object.keys(value).length === count + (old === undefined ? 0 : 1);
	if (!isWhole || closing === undefined || typeof isDone !== 'boolean') return undefined;
	if (old !== undefined && typeof old !== 'string') return undefined;
	if (!Array.isArray(credentials) || !credentials.every(each => typeof each === 'string')) return undefined;
	const {id, machine, path, target, at, sha256} = value as Readonly<Record<(typeof texts)[number], string>>;
	const {mode, closedMode, owner, size} = value as Readonly<Record<(typeof numbers)[number], number>>;
	if (!isTimestamp(at) || !/^[\da-f]{64}$/.test(sha256)) return undefined;
	return {
		id,
		machine,
		path,
		target,
		closing,
		mode,
		closedMode,
		owner,
		at,
		size,
		sha256,
		...(old === undefined ? {} : {old: new Secret(old)}),
		credentials,
		isDone,
	};
}
