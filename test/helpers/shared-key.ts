import {createHmac} from 'node:crypto';
import type {Received} from './fake-cloud.js';

/**
 * Whether a request to Azure Storage is signed with the key of the account, as its emulator sees it: every header and
 * every parameter that came in counts ("Authorize with Shared Key").
 */
export function checkSharedKey({method, target, headers}: Received, account: string, key: string): boolean {
	const header = (name: string): string => String(headers[name] ?? '').trim();
	const [path, query] = target.split('?');
	let text = `${method}\n`;
	for (const name of ['content-encoding', 'content-language']) text += `${header(name)}\n`;
	text += `${header('content-length') === '0' ? '' : header('content-length')}\n`;
	for (const name of ['content-md5', 'content-type', 'date', 'if-modified-since', 'if-match', 'if-none-match'])
		text += `${header(name)}\n`;
	for (const name of ['if-unmodified-since', 'range']) text += `${header(name)}\n`;
	for (const name of Object.keys(headers)
		.filter(each => each.startsWith('x-ms-'))
		.sort())
		text += `${name}:${header(name)}\n`;
	text += `/${account}${path}`;
	const parameters = new URLSearchParams(query);
	parameters.sort();
	for (const [name, value] of parameters) text += `\n${name.toLowerCase()}:${value}`;
	const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64');
	return headers.authorization === `SharedKey ${account}:${signature}`;
}
