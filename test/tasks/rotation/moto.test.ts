import assert from 'node:assert/strict';
import {test} from 'node:test';
import {AwsClient} from 'aws4fetch';
import {Unreachable} from '../../../source/domain/exchange.js';
import {openNetwork} from '../../../source/network/network.js';
import {elementsOf, membersOf} from '../../../source/providers/aws/xml.js';
import {clockOf} from '../../helpers/clock.js';
import type {Fate} from '../../helpers/direct-network.js';
import {type Living, oneLife} from '../../helpers/key-life.js';
import {moto} from '../../helpers/moto.js';
import {isProving, size} from '../../helpers/rounds.js';

const skip = isProving ? false : 'only with `npm run prove`: it installs moto';
const everything = JSON.stringify({
	Version: '2012-10-17',
	Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}],
});

/** Asks moto's IAM, signed by another signer than the program's. */
function clientOf(url: string, accessKeyId: string, secretAccessKey: string) {
	const client = new AwsClient({accessKeyId, secretAccessKey, service: 'iam', region: 'us-east-1'});
	return async (members: Readonly<Record<string, string>>): Promise<{status: number; body: string}> => {
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

test('whatever is lost while keys are replaced at moto, none is lost and none is left over', {skip}, async context => {
	// The administrator's user, policy and key.
	const url = await moto(context, 3);
	if (url === undefined) return;
	const anybody = clientOf(url, 'any', 'any');
	const newKey = async (ask: typeof anybody, user: string) => {
		await ask({Action: 'CreateUser', UserName: user});
		await ask({Action: 'PutUserPolicy', UserName: user, PolicyName: 'all', PolicyDocument: everything});
		const elements = elementsOf((await ask({Action: 'CreateAccessKey', UserName: user})).body);
		return {
			accessKeyID: elements?.get('AccessKeyId') ?? assert.fail(),
			secretAccessKey: elements?.get('SecretAccessKey') ?? assert.fail(),
		};
	};
	const admin = await newKey(anybody, 'admin');
	const ask = clientOf(url, admin.accessKeyID, admin.secretAccessKey);
	for (let number = 0; number < size(1, 500); number++) {
		const user = `user-${number}`;
		const clock = clockOf(new Date().toISOString(), {most: 20, furthest: 1500});
		const placeOf = () =>
			({
				origin: url,
				host: new URL(url).host,
				from: 'AWS_ENDPOINT_URL',
				sends: '',
				kind: 'local',
				endpoint: url,
			}) as const;
		const real = openNetwork({environment: {}, offline: false, now: clock.now, wait: async () => {}});
		const living: Living = {
			provider: 'aws',
			data: await newKey(ask, user),
			placeOf,
			grace: 1000,
			network: (fateOf: () => Fate) => ({
				...real,
				askFor: allowed => async request => {
					const fate = fateOf();
					if (fate === 'request-lost') throw new Unreachable('moto can not be reached');
					const answer = await real.askFor(allowed)(request);
					if (fate === 'answer-lost') throw new Unreachable('moto broke off');
					// Its clock stands with the test's.
					return {...answer, headers: new Map(answer.headers).set('date', new Date(clock.now()).toUTCString())};
				},
			}),
			count: async () => membersOf((await ask({Action: 'ListAccessKeys', UserName: user})).body).length,
			// Its keys open something as long as they are there: moto lets those in that are off.
			opens: async ({accessKeyID = '', secretAccessKey = ''}) => {
				const list = membersOf((await ask({Action: 'ListAccessKeys', UserName: user})).body);
				const isOn = list.some(each => each.get('AccessKeyId') === accessKeyID && each.get('Status') === 'Active');
				const own = await clientOf(url, accessKeyID, secretAccessKey)({Action: 'ListAccessKeys'});
				return isOn && own.status === 200;
			},
		};
		await oneLife(living, clock, number);
		real.close();
	}
});
