import type {Handler, Reply} from './fake-cloud.js';

/**
 * A provider that answers a GET by its path, with what is after the `?`, and only to whoever sends these headers. Any
 * other request gets an answer that no probe knows.
 */
export function paths(headers: Readonly<Record<string, string>>, replies: Readonly<Record<string, Reply>>): Handler {
	return request => {
		const isSigned = Object.entries(headers).every(([name, text]) => request.headers[name] === text);
		const reply = replies[request.target];
		return request.method === 'GET' && request.body === '' && isSigned && reply !== undefined ? reply : {status: 418};
	};
}
