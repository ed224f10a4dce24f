import type {TestContext} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {openNetwork, type Reach} from '../../source/network/network.js';
import type {AwsKey} from '../../source/signing/sigv4.js';
import type {S3Address} from '../../source/stores/address.js';
import {s3Origin, s3Store} from '../../source/stores/s3.js';
import type {Store} from '../../source/stores/store.js';

export const s3Key: AwsKey = {
	id: 'AKIAIOSFODNN7EXAMPLE',
	secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
	session: '',
};

/** The address of a bucket at that origin. */
export function s3At(endpoint: string, more: Partial<S3Address> = {}): S3Address {
	return {kind: 's3', bucket: 'team', prefix: 'some/where', endpoint, region: 'us-east-1', ...more};
}

/** A store in a bucket by a real network. */
export function s3By(context: TestContext, address: S3Address, key = s3Key, reach: Partial<Reach> = {}): Store {
	const wait = async (milliseconds: number) => void (await sleep(milliseconds));
	const network = openNetwork({environment: {}, offline: false, now: Date.now, wait, ...reach});
	context.after(() => network.close());
	return s3Store(address, {ask: network.askStorage(s3Origin(address)), key, now: Date.now, wait: reach.wait ?? wait});
}
