import assert from 'node:assert/strict';
import {test} from 'node:test';
import {elementsOf} from '../../../source/providers/aws/xml.js';
import {sigV4Headers} from '../../../source/signing/sigv4.js';
import {moto} from '../../helpers/moto.js';
import {runProgram, temporaryHome} from '../../helpers/program.js';
import {passphrase, putVault, usualVault} from '../../helpers/quick-vault.js';
import {isProving} from '../../helpers/rounds.js';

const skip = isProving ? false : 'only with `npm run prove`: it installs moto';

test('moto, which checks signatures, finds the keys that it has made valid and others not', {skip}, async context => {
	const url = await moto(context, 2);
	if (url === undefined) return;
	const ask = async (action: string): Promise<ReadonlyMap<string, string>> => {
		const body = `Action=${action}&Version=2010-05-08&UserName=me`;
		const unsigned = {host: new URL(url).host, service: 'iam', region: 'us-east-1', body, now: new Date()};
		const headers = sigV4Headers(unsigned, {id: 'any', secret: 'any', session: ''});
		const answer = await fetch(url, {method: 'POST', headers: {...headers}, body});
		return elementsOf(await answer.text()) ?? new Map();
	};
	await ask('CreateUser');
	const made = await ask('CreateAccessKey');
	const [accessKeyID = '', secretAccessKey = ''] = [made.get('AccessKeyId'), made.get('SecretAccessKey')];
	const home = temporaryHome(context);
	await putVault(
		usualVault(home),
		['good', 'aws', {accessKeyID, secretAccessKey}],
		['wrong', 'aws', {accessKeyID, secretAccessKey: `${secretAccessKey.slice(0, -1)}x`}],
		['unknown', 'aws', {accessKeyID: 'AKIAQ4J5K6L7M2N3NONE', secretAccessKey}],
	);
	const verify = (name: string) =>
		runProgram({
			home,
			environment: {PHARMER_PASSPHRASE: passphrase, AWS_ENDPOINT_URL: url},
			args: ['verify', name, '--endpoint-from-env', '-o', 'json'],
		});
	const [good, wrong, unknown] = [await verify('good'), await verify('wrong'), await verify('unknown')];
	assert.deepEqual([good.code, JSON.parse(good.stdout).who], [0, {account: '123456789012', user: 'user/me'}]);
	assert.deepEqual([wrong.code, JSON.parse(wrong.stdout).why], [10, 'the secret key is not the one of this key id']);
	assert.deepEqual([unknown.code, JSON.parse(unknown.stdout).verdict], [10, 'invalid']);
});
