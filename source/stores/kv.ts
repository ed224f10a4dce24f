import {createHash} from 'node:crypto';
import {PharmerError} from '../domain/errors.js';
import type {AskBytes} from '../domain/exchange.js';
import {isObject} from '../domain/json.js';
import type {KvAddress} from './address.js';
import {assertKey} from './key.js';
import {keysIn} from './kv-list.js';
import {errorsOf, type KvAnswer, KvSession, type KvSignIn} from './kv-session.js';
import {canonical, readValue, valueOfBytes, valueOfParts} from './kv-value.js';
import {noAnswer, refusal} from './storage-error.js';
import {largeFolder, type Store} from './store.js';

/** What an engine is reached with. */
export type KvReach = {
	/** Asks at the origin of the address. */
	readonly ask: AskBytes;
	readonly signIn: KvSignIn;
	readonly now: () => number;
};

/** The most that is read of an answer: a server takes 32 MiB by default, and values can't be read in parts. */
const valueMost = 40 * 1024 * 1024;
/** Consul takes values of 512 KiB, Raft of 1 MiB, and base64 makes four bytes of three. */
const partSize = 256 * 1024;
const partFolder = `${largeFolder}-parts`;
/** How many parts are on their way at a time. */
const width = 8;

/**
 * A store in a KV engine of OpenBao or Vault, version 2: an object is the first version of a key, and is created with
 * `cas: 0` ("KV secrets engine, version 2 (API)"). Later versions, which nobody here makes, are not read.
 */
export function kvStore(address: KvAddress, {ask, signIn, now}: KvReach): Store {
	const session = new KvSession(address, signIn, ask, now);
	const {host} = session;
	const {mount} = address;
	const above = address.prefix === '' ? '' : `${address.prefix}/`;

	/** The first version of a key; undefined when there is none. */
	async function read(key: string): Promise<{readonly value: unknown} | undefined> {
		const answer = await session.send({method: 'GET', path: `${mount}/data/${above}${key}?version=1`, most: valueMost});
		const data = isObject(answer.json?.data) ? answer.json.data : undefined;
		const metadata = isObject(data?.metadata) ? data.metadata : undefined;
		if (answer.status === 404 && metadata !== undefined)
			throw gone(`${mount}/${above}${key}`, metadata.destroyed === true);
		if (answer.status === 404 && isNothing(answer)) return undefined;
		if (answer.isCut) throw noAnswer(host, 'answers with more than it should');
		if (answer.status === 200 && metadata?.version === 1) return {value: data?.data};
		throw session.failure(answer);
	}

	async function write(key: string, value: object): Promise<'created' | 'exists'> {
		const body = {options: {cas: 0}, data: value};
		const answer = await session.send({method: 'POST', path: `${mount}/data/${above}${key}`, body, most: 64 * 1024});
		if (answer.status === 400 && errorsOf(answer.json).some(each => each.includes('check-and-set'))) return 'exists';
		// Whoever may create, but not update, is told nothing else of a key that is there.
		if (answer.status === 403 && (await read(key)) !== undefined) return 'exists';
		const data = isObject(answer.json?.data) ? answer.json.data : undefined;
		if (answer.status !== 200 && answer.status !== 204) throw session.failure(answer);
		if (data?.version !== 1)
			throw refusal(
				host,
				`has no KV engine of version 2 at \`${mount}\`, or one that overwrites`,
				'make one with secrets enable -path=MOUNT -version=2 kv',
			);
		if (typeof data.deletion_time === 'string' && data.deletion_time !== '')
			throw refusal(
				host,
				'deletes after a while what is stored there',
				`set delete_version_after to 0 in ${mount}/config`,
			);
		return 'created';
	}

	/** The bytes of the parts until there are more than that; undefined when a part is not what its name says. */
	async function joined(key: string, parts: readonly string[], most: number): Promise<Buffer | undefined> {
		const found: Buffer[] = [];
		for (let from = 0, size = 0; from < parts.length && size <= most; from += width) {
			const values = await Promise.all(parts.slice(from, from + width).map(part => read(partKey(key, part))));
			for (const [index, value] of values.entries()) {
				const held = readValue(value?.value);
				if (!('bytes' in held) || digestOf(held.bytes) !== parts[from + index]) return undefined;
				found.push(held.bytes);
				size += held.bytes.length;
			}
		}
		return Buffer.concat(found);
	}

	async function createPart(key: string, bytes: Buffer): Promise<void> {
		if ((await write(key, valueOfBytes(bytes))) === 'created') return;
		// It is left of an attempt that was stopped, unless somebody knew its name.
		const held = readValue((await read(key))?.value);
		if ('bytes' in held && held.bytes.equals(bytes)) return;
		throw new PharmerError('damaged', `\`${mount}/${above}${key}\` of the shared vault was made up`, 'delete it there');
	}

	async function createParts(key: string, bytes: Buffer): Promise<readonly string[]> {
		const parts = Array.from({length: Math.ceil(bytes.length / partSize)}, (_, index) =>
			bytes.subarray(index * partSize, (index + 1) * partSize),
		);
		for (let from = 0; from < parts.length; from += width)
			await Promise.all(parts.slice(from, from + width).map(part => createPart(partKey(key, digestOf(part)), part)));
		return parts.map(digestOf);
	}

	/** The names in a folder; none where there is none. */
	async function namesIn(folder: string): Promise<readonly string[]> {
		const path = `${mount}/metadata/${above}${folder}?list=true`;
		const answer = await session.send({method: 'GET', path, most: valueMost});
		if (answer.status === 404 && isNothing(answer)) return [];
		if (answer.status !== 200) throw session.failure(answer);
		const names = isObject(answer.json?.data) ? answer.json.data.keys : undefined;
		if (Array.isArray(names) && names.every(name => typeof name === 'string')) return names;
		throw noAnswer(host, 'answers with something else than a list');
	}

	return {
		async get(key, most) {
			assertKey(key);
			const found = await read(key);
			if (found === undefined) return undefined;
			const held = readValue(found.value);
			const whole = 'bytes' in held ? held.bytes : isLarge(key) ? await joined(key, held.parts, most) : undefined;
			const bytes = whole ?? canonical(found.value);
			return {bytes: bytes.subarray(0, most), isCut: bytes.length > most};
		},

		async create(key, bytes) {
			assertKey(key);
			if (!isLarge(key) || bytes.length <= partSize) return write(key, valueOfBytes(bytes));
			// The key comes last: what is there is whole.
			return write(key, valueOfParts(await createParts(key, bytes)));
		},

		async list(prefix, after) {
			const keys = await keysIn(namesIn, prefix, after, `${partFolder}/`);
			if (keys === undefined) throw noAnswer(host, 'lists folders without keys');
			return keys;
		},

		close() {},
	};
}

/** Whether an object may be kept in parts, which others may add and leave out. */
const isLarge = (key: string): boolean => key.split('/').includes(largeFolder);

/** The key of a part: beside the folder of the objects, named by its bytes. */
function partKey(key: string, part: string): string {
	const segments = key.split('/');
	return [...segments.slice(0, segments.indexOf(largeFolder)), partFolder, part].join('/');
}

/** Whether a server says by that 404 that nothing is there: without a reason. */
function isNothing({json}: KvAnswer): boolean {
	return Array.isArray(json?.errors) && json.errors.length === 0;
}

function digestOf(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** Somebody deleted an object, of which the engine still knows: no other can be created in its place. */
function gone(path: string, isDestroyed: boolean): PharmerError {
	return new PharmerError(
		'damaged',
		`\`${path}\` of the shared vault was deleted in its storage`,
		isDestroyed ? 'it was destroyed, and no version of it is left' : 'undelete its version 1 there',
	);
}
