import {PharmerError} from '../../domain/errors.js';
import {Secret} from '../../domain/secret.js';
import {parseCsv} from '../../text/csv.js';
import {arrangeData} from '../data.js';
import {fold} from '../provider.js';
import {aws} from './schema.js';

export type AwsAccessKey = {
	/** The user's name, or the key's id when there is no user name or the user has several keys. */
	readonly name: string;
	readonly data: ReadonlyMap<string, Secret>;
};

/** The headers that are read, as `fold()` returns them. */
const headers = {
	user: 'username',
	password: 'password',
	id: 'accesskeyid',
	secret: 'secretaccesskey',
} as const;

/** True when the first line of `text` has at least one header that the AWS console writes. */
export function looksLikeAwsCsv(text: string): boolean {
	const line = /^[^\r\n]*/.exec(text.trimStart())?.[0] ?? '';
	const cells = line.split(',').map(cell => fold(cell.replaceAll('"', '')));
	return cells.length > 1 && Object.values(headers).some(header => cells.includes(header));
}

/**
 * The access keys in a `.csv` file from the AWS console: `Access key ID,Secret access key`, optionally with a user name
 * first, or the older `User name,Password,Access key ID,Secret access key,Console login link`. Header case and
 * surrounding white space are ignored, and so are other columns and rows without keys. Returns at least one key. Throws
 * `invalid`, with the line where known, when the file is not such a CSV or holds only a console password.
 */
export function readAwsAccessKeys(text: string): readonly [AwsAccessKey, ...AwsAccessKey[]] {
	const [head = [], ...rows] = parseCsv(text);
	const names = head.map(fold);
	if (names.includes(headers.password) && !names.includes(headers.id)) throw consolePassword();
	const column = (header: string): number => names.indexOf(header);
	for (const [header, title] of [
		[headers.id, 'Access key ID'],
		[headers.secret, 'Secret access key'],
	] as const) {
		if (!names.includes(header)) throw new PharmerError('invalid', `the CSV has no column \`${title}\``);
		if (column(header) !== names.lastIndexOf(header)) {
			throw new PharmerError('invalid', `the CSV has the column \`${title}\` twice`);
		}
	}
	const keys = rows.flatMap(row => {
		const id = row[column(headers.id)] ?? '';
		const secret = row[column(headers.secret)] ?? '';
		const user = row[column(headers.user)] ?? '';
		const data = new Map([
			['accessKeyID', new Secret(id)],
			['secretAccessKey', new Secret(secret)],
		]);
		return id === '' && secret === '' ? [] : [{id, user, data: arrangeData(aws, data)}];
	});
	const users = new Map<string, number>();
	for (const {user} of keys) users.set(user, (users.get(user) ?? 0) + 1);
	const [first, ...others] = keys.map(({id, user, data}) => ({
		name: user !== '' && users.get(user) === 1 ? user : id,
		data,
	}));
	if (first === undefined) {
		throw names.includes(headers.password) && rows.length > 0
			? consolePassword()
			: new PharmerError('invalid', 'the CSV has no access key under its headers');
	}
	return [first, ...others];
}

function consolePassword(): PharmerError {
	return new PharmerError(
		'invalid',
		'the CSV holds a console password, not access keys',
		'make an access key: IAM, Users, the user, Security credentials, Create access key',
	);
}
