import type {TestContext} from 'node:test';
import {type Got, type Said, serveHttp} from './http-server.js';

/** What a fake does with `If-None-Match: *`: keeps it, reads over it, or looks first and writes a moment later. */
type Condition = 'kept' | 'ignored' | 'hasty';

/** How many creates a hasty fake has looked for before it writes any. */
const together = 2;

type FakeS3 = {
	readonly origin: string;
	readonly objects: Map<string, Buffer>;
	readonly received: readonly Got[];
};

/**
 * A service on loopback that speaks S3, with every bucket there is. `says` may answer in its place; `condition` makes it
 * one that loses updates, `page` gives that many names at a time.
 */
export async function fakeS3(
	context: TestContext,
	{
		says = () => undefined,
		condition = 'kept',
		page = 1000,
	}: {
		readonly says?: (got: Got) => Said | undefined;
		readonly condition?: Condition;
		readonly page?: number;
	} = {},
): Promise<FakeS3> {
	const objects = new Map<string, Buffer>();
	const received: Got[] = [];
	let waiting: (() => void)[] = [];
	/** Waits until so many have looked that all of them find nothing. */
	const everybody = (): Promise<void> =>
		new Promise(resolve => {
			waiting.push(resolve);
			if (waiting.length < together) return;
			for (const go of waiting) go();
			waiting = [];
		});
	const origin = await serveHttp(context, async got => {
		received.push(got);
		const said = says(got);
		if (said !== undefined) return said;
		const url = new URL(got.target, 'http://s3');
		const [, bucket = '', key = ''] = /^\/([^/]*)\/(.*)$/.exec(url.pathname) ?? [];
		if (got.method === 'PUT') {
			const isThere = objects.has(key) && got.headers['if-none-match'] === '*';
			if (isThere && condition !== 'ignored') return s3Error(412, 'PreconditionFailed');
			if (condition === 'hasty') await everybody();
			objects.set(key, got.body);
			return {status: 200};
		}
		if (key === '') return {status: 200, body: listOf(bucket, [...objects.keys()], url.searchParams, page)};
		const object = objects.get(key);
		return object === undefined ? s3Error(404, 'NoSuchKey') : {status: 200, body: object};
	});
	return {origin, objects, received};
}

/** An error as S3 answers it, with what it says beside. */
export function s3Error(status: number, code: string, more = '') {
	const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>some &amp; more</Message>${more}</Error>`;
	return {status, headers: {'content-type': 'application/xml'}, body} satisfies Said;
}

function listOf(bucket: string, keys: readonly string[], query: URLSearchParams, page: number): string {
	const prefix = query.get('prefix') ?? '';
	const after = query.get('start-after') ?? '';
	const found = keys.filter(key => key.startsWith(prefix) && key > after).sort();
	const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	const contents = found
		.slice(0, page)
		.map(key => `<Contents><Key>${escaped(key)}</Key><Owner><ID>1</ID></Owner><Size>1</Size></Contents>`);
	return `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><Prefix>${escaped(prefix)}</Prefix><Delimiter/><KeyCount>${contents.length}</KeyCount><IsTruncated>${found.length > page}</IsTruncated>${contents.join('')}</ListBucketResult>`;
}
