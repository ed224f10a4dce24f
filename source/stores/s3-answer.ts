import type {PharmerError} from '../domain/errors.js';
import type {ByteAnswer, Unreachable} from '../domain/exchange.js';
import {noAnswer, refusal} from './storage-error.js';
import {leavesOf} from './xml.js';

/** What the members of the team that may write have to be allowed (docs/team-storage.md). */
const needed = 'it needs s3:PutObject and s3:GetObject on the objects, and s3:ListBucket on the bucket';

/** The most that is read of an answer that is not an object and not a list. */
export const errorMost = 64 * 1024;

/** What S3 calls an error; undefined for an answer that is not S3's. */
export function errorCode({body}: ByteAnswer): string | undefined {
	return partOf(body, 'Error/Code');
}

function partOf(body: Buffer, path: string): string | undefined {
	if (body.length > errorMost) return undefined;
	const text = leavesOf(body.toString('utf8'))
		?.find(leaf => leaf.path === path)
		?.text.trim();
	return text === '' || text === undefined || !/^[\w.-]{1,80}$/.test(text) ? undefined : text;
}

/** Why a bucket does not do what was asked ("Error responses" of Amazon S3's API). */
export function failure(host: string, bucket: string, answer: ByteAnswer): PharmerError | Unreachable {
	const code = errorCode(answer);
	const said = code === undefined ? `answers ${answer.status}` : `answers ${answer.status} ${code}`;
	const region = answer.headers.get('x-amz-bucket-region') ?? partOf(answer.body, 'Error/Region');
	const isElsewhere = [301, 307].includes(answer.status) || code === 'AuthorizationHeaderMalformed';
	if (isElsewhere && region !== undefined && /^[a-z0-9-]{1,40}$/.test(region))
		return refusal(host, `says that the bucket is in another region`, `write region=${region} into its address`);
	if (code === 'NoSuchBucket') return refusal(host, `has no bucket \`${bucket}\``, 'make it there first');
	if (code === 'RequestTimeTooSkewed')
		return refusal(host, "does not accept this machine's time", 'set the clock of this machine');
	if (code === 'ExpiredToken')
		return refusal(host, 'says that the session of its credential is over', 'sign in again, and try it again');
	if (['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken'].includes(code ?? ''))
		return refusal(
			host,
			`does not accept its credential (${code})`,
			'check the key id and the secret key, and that they are of this storage',
		);
	if (answer.status === 401 || answer.status === 403)
		return refusal(host, `does not let its credential do that (${code ?? answer.status})`, needed);
	if (answer.status >= 500 || answer.status === 429) return noAnswer(host, said);
	if (answer.status >= 300 && answer.status < 400)
		return refusal(
			host,
			`leads to another address (${answer.status})`,
			'write the host and region that are meant into its address',
		);
	const what =
		code === undefined
			? 'the endpoint in its address: no storage of that kind answers so'
			: 'its address and its credential';
	return refusal(host, said, `check ${what}`);
}

/** A page of a list: the names in it, and whether there are more. */
export type Page = {readonly names: readonly string[]; readonly isTruncated: boolean};

/** What ListObjectsV2 answers; undefined for anything else. */
export function pageOf({body, isCut}: ByteAnswer): Page | undefined {
	const leaves = isCut ? undefined : leavesOf(body.toString('utf8'));
	const truncated = leaves?.filter(({path}) => path === 'ListBucketResult/IsTruncated');
	if (leaves === undefined || truncated?.length !== 1) return undefined;
	const names = leaves.filter(({path}) => path === 'ListBucketResult/Contents/Key').map(({text}) => text);
	return {names, isTruncated: truncated[0]?.text.trim() === 'true'};
}
