import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import type {Credential} from '../../source/domain/credential.js';
import {PharmerError} from '../../source/domain/errors.js';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';

export const keyId = 'AKIAGMYJJTT3RMGGRNY5';
export const secretKey = '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';

export function fixture(name: string): string {
	return readFileSync(new URL(`../fixtures/aws/${name}`, import.meta.url), 'utf8');
}

export function secrets(data: Readonly<Record<string, string>>): ReadonlyMap<string, Secret> {
	return new Map(Object.entries(data).map(([key, text]) => [key, new Secret(text)]));
}

/** The entries of a map of secrets, in order and in clear. */
export function clear(data: ReadonlyMap<string, Secret>): readonly (readonly [string, string])[] {
	return [...data].map(([key, value]) => [key, value.reveal()]);
}

export function credential(changes: Partial<Credential> = {}): Credential {
	return {
		id: '5f8b5a0e-4c39-4d9c-a6a5-2f6f0f9c4d11',
		revision: 3,
		name: parseName('aws'),
		provider: 'aws',
		data: secrets({accessKeyID: keyId, secretAccessKey: secretKey}),
		labels: new Map(),
		created: '2019-04-04T09:33:32Z',
		changed: '2020-01-01T00:00:00Z',
		...changes,
	};
}

/**
 * Runs `action` and asserts that it throws an `invalid` error whose message, or message and hint on two lines, matches.
 */
export function assertInvalid(action: () => unknown, pattern: RegExp): void {
	assert.throws(action, error => {
		assert.ok(error instanceof PharmerError, String(error));
		assert.equal(error.code, 'invalid');
		assert.match(`${error.message}\n${error.hint ?? ''}`, pattern);
		return true;
	});
}
