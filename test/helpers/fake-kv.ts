import type {TestContext} from 'node:test';
import {type Got, type Said, serveHttp} from './http-server.js';

type Version = {readonly data: unknown; deleted: boolean; destroyed: boolean};

export type FakeKv = {
	readonly origin: string;
	/** The versions of each key, by its path below `data/`. */
	readonly keys: Map<string, Version[]>;
	readonly received: readonly Got[];
	/** Writes a version whatever is there, as somebody else may. */
	write(path: string, data: unknown): void;
};

export const token = 'hvs.ofTheTest';

/**
 * A KV engine of version 2 at `secret` on loopback that answers as OpenBao 2.7.2 does. `says` may answer in its place;
 * `mayUpdate` is whether its token may write over a key; `most` is the longest value that it takes.
 */
export async function fakeKv(
	context: TestContext,
	{
		says = () => undefined,
		mayUpdate = true,
		most = 1024 * 1024,
	}: {
		readonly says?: (got: Got) => Said | undefined;
		readonly mayUpdate?: boolean;
		readonly most?: number;
	} = {},
): Promise<FakeKv> {
	const keys: FakeKv['keys'] = new Map();
	const received: Got[] = [];
	const write = (path: string, data: unknown): void => {
		keys.set(path, [...(keys.get(path) ?? []), {data, deleted: false, destroyed: false}]);
	};
	const origin = await serveHttp(context, got => {
		received.push(got);
		const said = says(got);
		if (said !== undefined) return said;
		const {pathname, searchParams} = new URL(got.target, 'http://kv');
		const [, kind = '', path = ''] = /^\/v1\/secret\/(data|metadata)\/(.*)$/.exec(pathname) ?? [];
		if (got.headers['x-vault-token'] !== token) return kvErrors(403, 'permission denied');
		if (kind === 'metadata') return listOf(path, [...keys.keys()]);
		if (kind === '') return kvErrors(404, 'no handler for route. route entry not found.');
		const versions = keys.get(path) ?? [];
		if (got.method === 'POST') {
			const {options, data} = JSON.parse(got.body.toString()) as {options: {cas: number}; data: unknown};
			if (versions.length > 0 && !mayUpdate) return kvErrors(403, '1 error occurred:\n\t* permission denied\n\n');
			if (options.cas !== versions.length)
				return kvErrors(400, 'check-and-set parameter did not match the current version');
			if (got.body.length > most) return kvErrors(500, 'put failed due to value being too large; got 156 bytes');
			write(path, data);
			return kvJson(200, {data: metadataOf(versions.length + 1)});
		}
		const number = Number(searchParams.get('version')) || versions.length;
		const version = versions[number - 1];
		if (version === undefined) return kvErrors(404);
		const isGone = version.deleted || version.destroyed;
		const metadata = {...metadataOf(number), destroyed: version.destroyed, deletion_time: isGone ? '2026-11-30' : ''};
		return kvJson(isGone ? 404 : 200, {data: {data: isGone ? null : version.data, metadata}});
	});
	return {origin, keys, received, write};
}

const metadataOf = (version: number): object => ({
	created_time: '2026-11-30T03:38:45.7Z',
	deletion_time: '',
	destroyed: false,
	version,
});

/** An answer of such a server; its members are in another order each time. */
export function kvJson(status: number, members: object): Said {
	return {status, body: JSON.stringify({request_id: String(Math.random()), ...members, warnings: null})};
}

export function kvErrors(status: number, ...errors: readonly string[]): Said {
	return {status, body: `${JSON.stringify({errors})}\n`};
}

function listOf(folder: string, paths: readonly string[]): Said {
	const names = paths
		.filter(path => path.startsWith(folder))
		.map(path => /^[^/]*\/?/.exec(path.slice(folder.length))?.[0]);
	return names.length === 0 ? kvErrors(404) : kvJson(200, {data: {keys: [...new Set(names)].reverse()}});
}
