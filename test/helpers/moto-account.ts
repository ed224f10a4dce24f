import assert from 'node:assert/strict';
import type {TestContext} from 'node:test';
import {AwsClient} from 'aws4fetch';
import {Unreachable} from '../../source/domain/exchange.js';
import {openNetwork} from '../../source/network/network.js';
import {elementsOf, membersOf} from '../../source/providers/aws/xml.js';
import type {clockOf} from './clock.js';
import type {Living} from './key-life.js';
import {moto} from './moto.js';

type Key = {readonly accessKeyID: string; readonly secretAccessKey: string};
type Answered = {readonly status: number; readonly body: string};
type Asking = (members: Readonly<Record<string, string>>) => Promise<Answered>;

const everything = JSON.stringify({
	Version: '2012-10-17',
	Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}],
});

/** Asks moto's IAM, signed by another signer than the program's. */
function askingAs(url: string, {accessKeyID, secretAccessKey}: Partial<Key>): Asking {
	const client = new AwsClient({
		accessKeyId: accessKeyID ?? 'any',
		secretAccessKey: secretAccessKey ?? 'any',
		service: 'iam',
		region: 'us-east-1',
	});
	return async members => {
		// moto checks the signature of a body in which it has encoded a `*` once more.
		const body = new URLSearchParams({Version: '2010-05-08', ...members}).toString().replaceAll('*', '%2A');
		const answer = await client.fetch(`${url}/`, {
			method: 'POST',
			headers: {'content-type': 'application/x-www-form-urlencoded'},
			body,
		});
		return {status: answer.status, body: await answer.text()};
	};
}

/** A user of that name who may do everything, and its key. */
async function powerful(ask: Asking, user: string): Promise<Key> {
	await ask({Action: 'CreateUser', UserName: user});
	await ask({Action: 'PutUserPolicy', UserName: user, PolicyName: 'all', PolicyDocument: everything});
	return newKey(ask, user);
}

async function newKey(ask: Asking, user: string): Promise<Key> {
	const elements = elementsOf((await ask({Action: 'CreateAccessKey', UserName: user})).body);
	return {
		accessKeyID: elements?.get('AccessKeyId') ?? assert.fail(),
		secretAccessKey: elements?.get('SecretAccessKey') ?? assert.fail(),
	};
}

/**
 * An account at moto, which checks signatures and rights, with an administrator; undefined where moto can't be
 * installed.
 */
export async function motoAccount(context: TestContext) {
	// The administrator's user, policy and key.
	const url = await moto(context, 3);
	if (url === undefined) return undefined;
	const admin = await powerful(askingAs(url, {}), 'admin');
	const ask = askingAs(url, admin);
	const placeOf = (): ReturnType<NonNullable<Living['placeOf']>> => ({
		origin: url,
		host: new URL(url).host,
		from: 'AWS_ENDPOINT_URL',
		sends: '',
		kind: 'local',
		endpoint: url,
	});
	const listOf = async (user: string) =>
		membersOf((await ask({Action: 'ListAccessKeys', UserName: user})).body).map(each => ({
			id: each.get('AccessKeyId') ?? '',
			isOn: each.get('Status') === 'Active',
		}));
	return {
		admin,
		/** Asks as the administrator. */
		ask,
		/** Makes a user of that name who may do everything. */
		addUser: (user: string): Promise<Key> => powerful(ask, user),
		addKey: (user: string): Promise<Key> => newKey(ask, user),
		/** The ids of the keys of that user. */
		idsOf: async (user: string): Promise<readonly string[]> => (await listOf(user)).map(({id}) => id),
		/** Whether a key of that user signs in: moto lets those in that are off. */
		async opens(user: string, key: Partial<Key>): Promise<boolean> {
			const isOn = (await listOf(user)).some(({id, isOn}) => isOn && id === key.accessKeyID);
			return isOn && (await askingAs(url, key)({Action: 'ListAccessKeys'})).status === 200;
		},
		/** The way to it, on which things are lost; its clock stands with the test's. Whoever takes it closes it. */
		reachBy(clock: ReturnType<typeof clockOf>): Pick<Living, 'network' | 'placeOf'> & {readonly close: () => void} {
			const real = openNetwork({environment: {}, offline: false, now: clock.now, wait: async () => {}});
			return {
				placeOf,
				network: fateOf => ({
					...real,
					askFor: allowed => async request => {
						const fate = fateOf();
						if (fate === 'request-lost') throw new Unreachable('moto can not be reached');
						const answer = await real.askFor(allowed)(request);
						if (fate === 'answer-lost') throw new Unreachable('moto broke off');
						return {...answer, headers: new Map(answer.headers).set('date', new Date(clock.now()).toUTCString())};
					},
				}),
				close: () => real.close(),
			};
		},
	};
}

/** A clock that goes on little enough for moto, which minds a day. */
export const motoClock = {most: 20, furthest: 1500};
