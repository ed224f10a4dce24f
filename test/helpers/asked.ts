import assert from 'node:assert/strict';
import type {TestContext} from 'node:test';
import type {Credential} from '../../source/domain/credential.js';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import {openNetwork} from '../../source/network/network.js';
import {type Asked, verifyAll} from '../../source/tasks/verify.js';
import {fakeCloud, type Handler, type Received} from './fake-cloud.js';

/** When fake providers are asked, by their own clocks. */
export const askedAt = Date.parse('2026-11-29T12:00:00Z');

/** A credential with these fields. */
export function credentialOf(provider: string, data: Readonly<Record<string, string>>, name = provider): Credential {
	const at = '2026-11-01T10:00:00Z';
	return {
		id: name,
		name: parseName(name),
		provider,
		data: new Map(Object.entries(data).map(([key, text]) => [key, new Secret(text)])),
		labels: new Map(),
		revision: 1,
		created: at,
		changed: at,
	};
}

/** What fake providers say of credentials, over the network, and what they got. */
export async function askFake(
	context: TestContext,
	credentials: readonly Credential[],
	handlers: Readonly<Record<string, Handler>>,
	{now = () => askedAt}: {readonly now?: () => number} = {},
): Promise<{
	readonly asked: readonly Asked[];
	readonly received: readonly Received[];
	readonly waits: readonly number[];
}> {
	const cloud = await fakeCloud(context, handlers, {now: askedAt});
	const waits: number[] = [];
	const wait = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
	const network = openNetwork({environment: cloud.environment, offline: false, now, wait, ca: cloud.ca});
	const asked: Asked[] = [];
	try {
		await verifyAll(credentials, {network, now, wait, placeOf: () => undefined, onAsked: each => asked.push(each)});
	} finally {
		network.close();
	}
	return {asked, received: cloud.received, waits};
}

/** What one fake provider says of one credential. */
export async function askOne(
	context: TestContext,
	credential: Credential,
	handlers: Readonly<Record<string, Handler>>,
	how: {readonly now?: () => number} = {},
): Promise<{readonly said: Asked; readonly received: readonly Received[]}> {
	const {asked, received} = await askFake(context, [credential], handlers, how);
	const [said] = asked;
	assert.ok(said !== undefined);
	return {said, received};
}
