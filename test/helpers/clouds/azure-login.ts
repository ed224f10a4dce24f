import type {Handler, Reply} from '../fake-cloud.js';
import {unsignedToken} from '../jwt.js';

export const tenant = '72f988bf-0000-4000-8000-2d7cd011db47';
export const subscription = '99999999-1111-4222-8333-444444444444';

const error = (status: number, code: string): Reply => ({
	status,
	body: {error: 'invalid_client', error_description: `${code}: no. Trace ID: 1`},
});

/** The API's answer to an error of that code. */
export const refused = (status: number, code: string): Reply => ({status, body: {error: {code, message: 'no'}}});

/** Tells tokens to those whose secret is taken, in the first of the clouds alone. */
export function azureLogins(isSecret: (client: string, secret: string) => boolean): Readonly<Record<string, Handler>> {
	const login: Handler = ({method, target, body}) => {
		if (!target.startsWith(`/${tenant}/`)) return error(400, 'AADSTS90002');
		if (method === 'GET') {
			const token_endpoint = `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`;
			return {status: 200, body: {token_endpoint, cloud_instance_name: 'microsoftonline.com'}};
		}
		const form = Object.fromEntries(new URLSearchParams(body));
		const {client_id: client = '', client_secret: secret = '', grant_type, scope = ''} = form;
		if (grant_type !== 'client_credentials') return error(400, 'AADSTS70003');
		if (!isSecret(client, secret)) return error(401, 'AADSTS7000215');
		const claims = {aud: scope.replace(/\/\.default$/, ''), tid: tenant, appid: client};
		return {status: 200, body: {token_type: 'Bearer', expires_in: 3599, access_token: unsignedToken(claims)}};
	};
	const stranger: Handler = () => error(400, 'AADSTS90002');
	return {
		'login.microsoftonline.com': login,
		'login.microsoftonline.us': stranger,
		'login.chinacloudapi.cn': stranger,
	};
}

/** The client that has signed in for this service; undefined when there is no such token. */
export function clientOf(authorization: string | undefined, service: string): string | undefined {
	const claims = /^Bearer [^.]+\.([^.]+)\./.exec(authorization ?? '')?.[1];
	if (claims === undefined) return undefined;
	const {aud, appid} = JSON.parse(Buffer.from(claims, 'base64url').toString());
	return aud === `https://${service}` ? appid : undefined;
}
