import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {promisify} from 'node:util';
import {aws, awsEnvironment, isAwsMissing} from '../helpers/aws-command.js';
import {moto} from '../helpers/moto.js';
import {runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, usualVault} from '../helpers/quick-vault.js';
import {isProving} from '../helpers/rounds.js';

const skip = isProving ? false : 'only with `npm run prove`: it installs moto';
const everything = JSON.stringify({
	Version: '2012-10-17',
	Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}],
});
const reading = JSON.stringify({
	Version: '2012-10-17',
	Statement: [{Effect: 'Allow', Action: ['route53:Get*', 'route53:List*'], Resource: '*'}],
});

test("what issue makes at moto is what the guide's commands make, as the real aws shows it", {skip}, async context => {
	if (isAwsMissing(context)) return;
	// The administrator's user, policy and key.
	const url = await moto(context, 3);
	if (url === undefined) return;
	const home = temporaryHome(context);
	const iam = async (line: string, key: Readonly<Record<string, string>>, ...more: readonly string[]) => {
		const {stdout} = await promisify(execFile)(
			aws ?? '',
			['--endpoint-url', url, '--region', 'us-east-1', '--output', 'json', 'iam', ...line.split(' '), ...more],
			{
				env: awsEnvironment(home, {
					AWS_ACCESS_KEY_ID: key.accessKeyID,
					AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
				} as Record<string, string>),
			},
		);
		return stdout === '' ? {} : JSON.parse(stdout);
	};
	const anybody = {accessKeyID: 'any', secretAccessKey: 'any'};
	await iam('create-user --user-name admin', anybody);
	await iam('put-user-policy --user-name admin --policy-name all --policy-document', anybody, everything);
	const {AccessKey: made} = await iam('create-access-key --user-name admin', anybody);
	const admin = {accessKeyID: made.AccessKeyId, secretAccessKey: made.SecretAccessKey};
	await putVault(usualVault(home), ['admin', 'aws', admin]);
	const run = (...args: readonly string[]) =>
		runProgram({
			home,
			environment: {PHARMER_PASSPHRASE: passphrase, AWS_ENDPOINT_URL: url},
			args: [...args, '--endpoint-from-env'],
		});

	const issued = await run('issue', 'work', '-p', 'aws', '--with', 'admin', '--yes');
	assert.equal(issued.code, 0, issued.stderr);
	const {AttachedPolicies} = await iam('list-attached-group-policies --group-name pharmer', admin);
	assert.deepEqual(AttachedPolicies.map((each: {PolicyArn: string}) => each.PolicyArn).toSorted(), [
		'arn:aws:iam::aws:policy/AmazonEC2FullAccess',
		'arn:aws:iam::aws:policy/AmazonRoute53FullAccess',
		'arn:aws:iam::aws:policy/AmazonVPCFullAccess',
		'arn:aws:iam::aws:policy/IAMFullAccess',
	]);
	const {Users} = await iam('get-group --group-name pharmer', admin);
	assert.deepEqual(
		Users.map((each: {UserName: string}) => each.UserName),
		['pharmer'],
	);
	const {AccessKeyMetadata} = await iam('list-access-keys --user-name pharmer', admin);
	assert.equal(AccessKeyMetadata.length, 1);
	const {Tags} = await iam('list-user-tags --user-name pharmer', admin);
	assert.deepEqual(
		Tags.map((each: {Key: string}) => each.Key),
		['pharmer'],
	);
	const verified = await run('verify', 'work', '-o', 'json');
	const {verdict, who} = JSON.parse(verified.stdout);
	assert.deepEqual(
		[verdict, who.user, who.key ?? AccessKeyMetadata[0].AccessKeyId],
		['valid', 'user/pharmer', AccessKeyMetadata[0].AccessKeyId],
	);

	const again = await run('issue', 'other', '--with', 'admin', '--yes');
	assert.equal(again.code, 5, again.stderr);
	writeFileSync(join(home, 'dns.json'), reading);
	const dns = await run(
		'issue',
		'dns',
		'--with',
		'admin',
		'--user',
		'dns',
		'--policy',
		join(home, 'dns.json'),
		'--yes',
	);
	assert.equal(dns.code, 0, dns.stderr);
	const {PolicyNames} = await iam('list-group-policies --group-name dns', admin);
	const {PolicyDocument} = await iam('get-group-policy --group-name dns --policy-name', admin, PolicyNames[0]);
	assert.deepEqual(PolicyDocument, JSON.parse(reading));

	const revoked = await run('revoke', 'work', '--with', 'admin', '--yes');
	assert.equal(revoked.code, 0, revoked.stderr);
	assert.deepEqual((await iam('list-access-keys --user-name pharmer', admin)).AccessKeyMetadata, []);
});
