import type {TestContext} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {openNetwork} from '../../source/network/network.js';
import type {KvAddress} from '../../source/stores/address.js';
import {kvStore} from '../../source/stores/kv.js';
import type {KvSignIn} from '../../source/stores/kv-session.js';
import type {Store} from '../../source/stores/store.js';

/** The address of a folder in an engine at that origin. */
export function kvAt(origin: string, more: Partial<KvAddress> = {}): KvAddress {
	return {kind: 'kv', scheme: 'openbao', origin, mount: 'secret', prefix: 'some/where', namespace: undefined, ...more};
}

/** A store in an engine by a real network. */
export function kvBy(context: TestContext, address: KvAddress, signIn: KvSignIn, now = Date.now): Store {
	const wait = async (milliseconds: number) => void (await sleep(milliseconds));
	const network = openNetwork({environment: {}, offline: false, now: Date.now, wait});
	context.after(() => network.close());
	return kvStore(address, {ask: network.askStorage(address.origin), signIn, now});
}
