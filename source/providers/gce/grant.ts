import {createPrivateKey, type KeyObject} from 'node:crypto';
import type {Request} from '../../domain/exchange.js';
import {signedToken} from '../../signing/jwt.js';
import {isUsualRsa} from '../../signing/usual-rsa.js';
import {formOf} from '../answers.js';
import type {Values} from '../provider.js';
import {readServiceAccount, type ServiceAccount} from './service-account.js';

const usualTokenUri = 'https://oauth2.googleapis.com/token';

/** Google's own addresses for tokens. */
export const isOfGoogle = /^https:\/\/(?:oauth2\.googleapis\.com|accounts\.google\.com|www\.googleapis\.com)\//;

const nobody: ServiceAccount = {
	type: '',
	projectID: '',
	privateKey: '',
	privateKeyID: '',
	clientEmail: '',
	tokenUri: '',
};

/** The account in the key file, with Google's usual address when it names none. */
export function accountOf(value: Values): ServiceAccount {
	const account = readServiceAccount(value('serviceAccount')) ?? nobody;
	return {...account, tokenUri: account.tokenUri || usualTokenUri};
}

/** The private key in a PEM text; undefined when it can't be read, or is no RSA key that somebody uses. */
export function rsaKey(pem: string): KeyObject | undefined {
	try {
		const key = createPrivateKey(pem);
		return isUsualRsa(key) ? key : undefined;
	} catch {
		return undefined;
	}
}

/** Asks for a token of that scope ("Using OAuth 2.0 for server to server applications"). */
export function grantRequest(
	{clientEmail, privateKeyID, tokenUri}: ServiceAccount,
	key: KeyObject,
	scope: string,
	now: Date,
): Request {
	const iat = Math.floor(now.getTime() / 1000);
	const claims = {
		iss: clientEmail,
		scope: `https://www.googleapis.com/auth/${scope}`,
		aud: tokenUri,
		iat,
		exp: iat + 300,
	};
	const assertion = signedToken(claims, {id: privateKeyID, key});
	const form = formOf({grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion});
	return {method: 'POST', url: tokenUri, ...form};
}
