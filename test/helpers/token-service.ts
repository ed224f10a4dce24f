import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {TestContext} from 'node:test';
import {secretKey} from './credentials.js';
import {checkSignature, type Signature} from './sigv4.js';

/** A server that answers as AWS's token service does when the signature verifies, and what it was asked. */
export async function tokenService(
	context: TestContext,
): Promise<{readonly url: string; readonly seen: readonly Signature[]}> {
	const seen: Signature[] = [];
	const server = createServer(async (request, response) => {
		let body = '';
		for await (const chunk of request) body += chunk;
		const {method = '', url: target = '', headers} = request;
		const signature = checkSignature({method, target, headers, body}, secretKey);
		assert.equal(checkSignature({method, target, headers, body}, `${secretKey}x`).verifies, false);
		seen.push(signature);
		response.writeHead(signature.verifies ? 200 : 403, {'content-type': 'text/xml'});
		response.end(
			'<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
				'<Arn>arn:aws:iam::123456789012:user/me</Arn><UserId>AIDAME</UserId><Account>123456789012</Account>' +
				'</GetCallerIdentityResult></GetCallerIdentityResponse>',
		);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	context.after(() => server.close());
	return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen};
}
