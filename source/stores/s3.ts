import type {PharmerError} from '../domain/errors.js';
import type {AskBytes, ByteAnswer} from '../domain/exchange.js';
import {type AwsKey, s3Headers} from '../signing/sigv4.js';
import type {S3Address} from './address.js';
import {assertKey, isKey} from './key.js';
import {errorCode, errorMost, failure, pageOf} from './s3-answer.js';
import {noAnswer, refusal} from './storage-error.js';
import type {Store} from './store.js';

/** What a bucket is reached with. */
export type S3Reach = {
	/** Asks at `s3Origin()`. */
	readonly ask: AskBytes;
	readonly key: AwsKey;
	readonly now: () => number;
	/** Waits for so many milliseconds. */
	readonly wait: (milliseconds: number) => Promise<void>;
};

/** The most that is read of a list: 1000 names of 1024 bytes, with what is around each. */
const listMost = 4 * 1024 * 1024;
/** How many parts of a list are asked for until there is a key in one. */
const mostPages = 100;
/** How often an object is created that others create at the same moment. */
const tries = 6;
/** What comes later has more than four digits in its year, and is no moment that is signed. */
const lastMoment = Date.UTC(9999, 0);
/** The wait before the second try, in milliseconds; it doubles. */
const firstWait = 50;

/** Whether the bucket is a part of the host's name: at AWS, where its certificate is for one label more. */
const isInHost = ({bucket, endpoint}: S3Address): boolean => endpoint === undefined && !bucket.includes('.');

/** The origin at which a bucket is asked. */
export function s3Origin(address: S3Address): string {
	const {bucket, endpoint, region} = address;
	if (endpoint !== undefined) return endpoint;
	const [, partition = ''] = /^(cn|eusc)-/.exec(region) ?? [];
	const domain = {cn: 'amazonaws.com.cn', eusc: 'amazonaws.eu'}[partition] ?? 'amazonaws.com';
	return `https://${isInHost(address) ? `${bucket}.` : ''}s3.${region}.${domain}`;
}

/**
 * A store in a bucket of AWS or of another service with that interface. An object is created by a PUT with
 * `If-None-Match: *` (Amazon S3 user guide, "Conditional writes").
 */
export function s3Store(address: S3Address, {ask, key: signer, now, wait}: S3Reach): Store {
	const {bucket, prefix, region} = address;
	const origin = s3Origin(address);
	const {host} = new URL(origin);
	const root = isInHost(address) ? '' : `/${bucket}`;
	const above = prefix === '' ? '' : `${prefix}/`;
	/** How far the storage's clock is ahead of this machine's, in milliseconds, where that matters to it. */
	let ahead = 0;

	const send = async (
		method: 'GET' | 'PUT',
		target: string,
		most: number,
		headers: Readonly<Record<string, string>> = {},
		body?: Buffer,
	): Promise<ByteAnswer> => {
		const url = new URL(origin + root + target);
		const sent = {method, url, headers, ...(body !== undefined && {body})};
		const once = (): Promise<ByteAnswer> => {
			const signed = s3Headers({...sent, region, now: new Date(now() + ahead)}, signer);
			// A create is sent once: sent again after an answer that was lost, it would be refused because of itself.
			return ask({...sent, url: url.href, headers: signed, most, ...(method === 'PUT' && {isOnce: true})});
		};
		const answer = await once();
		if (answer.status !== 403 || errorCode(answer) !== 'RequestTimeTooSkewed') return answer;
		const theirs = Date.parse(answer.headers.get('date') ?? '');
		if (!(theirs > 0 && theirs < lastMoment)) return answer;
		ahead = theirs - now();
		return once();
	};

	const page = async (start: string, after: string) => {
		const parameters = {'list-type': '2', prefix: above + start, ...(after !== '' && {'start-after': above + after})};
		const query = Object.entries(parameters).map(pair => pair.map(encodeURIComponent).join('='));
		const answer = await send('GET', `/?${query.sort().join('&')}`, listMost);
		if (answer.status !== 200) throw failure(host, bucket, answer);
		const found = pageOf(answer);
		if (found === undefined) throw noAnswer(host, 'answers with something else than a list');
		const names = found.names.map(name => name.slice(above.length));
		// Whoever asks for what comes after a name would miss what comes before it.
		const row = after === '' ? names : [after, ...names];
		const isOrdered = row.every((name, index) => index === 0 || isBefore(row[index - 1] ?? '', name));
		if (!isOrdered || !found.names.every(name => name.startsWith(above + start))) throw unordered(host);
		return {...found, names};
	};

	return {
		async get(key, most) {
			assertKey(key);
			const answer = await send('GET', `/${above}${key}`, Math.max(most, errorMost));
			if (answer.status === 404 && errorCode(answer) === 'NoSuchKey') return undefined;
			if (answer.status !== 200) throw failure(host, bucket, answer);
			if (!tellsItsLength(answer)) throw noAnswer(host, 'does not say how long an object is');
			const {body, isCut} = answer;
			return {bytes: body.subarray(0, most), isCut: isCut || body.length > most};
		},

		async create(key, bytes) {
			assertKey(key);
			const headers = {'If-None-Match': '*', 'Content-Type': 'application/octet-stream'};
			for (let tried = 1, pause = firstWait; ; tried++, pause *= 2) {
				const answer = await send('PUT', `/${above}${key}`, errorMost, headers, bytes);
				if ([200, 201, 204].includes(answer.status)) return 'created';
				if (answer.status === 412) return 'exists';
				const code = errorCode(answer);
				// Another create is under way; this one was not done ("409 Conflict").
				if (answer.status === 409) {
					if (tried === tries) throw noAnswer(host, `is busy (409 ${code ?? ''})`.trim());
					await wait(pause * (1 + Math.random()));
				} else if (answer.status === 501 || code === 'NotImplemented') {
					throw refusal(
						host,
						`can't create an object only where there is none (${answer.status} ${code ?? 'If-None-Match'})`,
						'two members would overwrite each other there: take a storage that has conditional writes',
					);
				} else throw failure(host, bucket, answer);
			}
		},

		async list(start, after) {
			let last = after;
			for (let asked = 0; asked < mostPages; asked++) {
				const {names, isTruncated} = await page(start, last);
				const keys = names.filter(isKey);
				// What somebody else has put there is passed over.
				if (keys.length > 0 || !isTruncated) return keys;
				const next = names.at(-1);
				if (next === undefined) throw noAnswer(host, 'answers with an empty part of a list');
				last = next;
			}
			throw noAnswer(host, "lists names that are nobody's without an end");
		},

		close() {},
	};
}

/** Whether an answer that is cut off on the way is known to be: its length is told, or its end is marked. */
function tellsItsLength({headers}: ByteAnswer): boolean {
	return headers.has('content-length') || headers.get('transfer-encoding') === 'chunked';
}

function isBefore(one: string, other: string): boolean {
	return Buffer.compare(Buffer.from(one), Buffer.from(other)) < 0;
}

function unordered(host: string): PharmerError {
	return refusal(
		host,
		'lists other names than it was asked for, or not in their order',
		'take a storage that lists as S3 does',
	);
}
