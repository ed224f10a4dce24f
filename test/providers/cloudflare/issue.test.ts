import assert from 'node:assert/strict';
import {test} from 'node:test';
import {account, cloudflareOwner, globalKey} from '../../helpers/clouds/cloudflare.js';
import {now} from '../../helpers/command-line.js';
import {issuingPlace, runIssue} from '../../helpers/issue-command.js';

const userNow = () => cloudflareOwner(() => now.getTime(), 'cfut_', '/user/tokens');
const placeOf = (owner: ReturnType<typeof userNow>) => issuingPlace('cloudflare', owner);
const last = ({tokens}: ReturnType<typeof userNow>) => [...tokens.values()].at(-1);
const dnsWrite = '4755a26eedb94da69e1066d98aa820be';
const scripts = 'e086da7e2179491d91ee5f35b3ca210a';

test('a token of the user that signs is made, which may edit DNS', async () => {
	const user = userNow();
	const {code, stderr, data, underWay} = await runIssue('issue work --with admin', placeOf(user), {answers: ['y']});
	assert.deepEqual([code, underWay, user.opens(data), Object.keys(data)], [0, undefined, true, ['apiToken']], stderr);
	assert.match(last(user)?.name ?? '', /^pharmer-[\da-f]{8}$/);
	assert.deepEqual(last(user)?.policies, [
		{
			effect: 'allow',
			permission_groups: [{id: dnsWrite}],
			resources: {'com.cloudflare.api.account.zone.*': '*'},
		},
	]);
	assert.match(
		stderr,
		/this makes:\n {2}a token of the user that signs, with DNS Write, which is stored here as `work`\n/,
	);
	assert.match(stderr, /Permissions are for all zones or accounts that the signer has: a file/);
	assert.ok(!stderr.includes(data.apiToken ?? 'x'));
});

test('the token of an account makes one for that account only', async () => {
	const owner = cloudflareOwner(() => now.getTime(), 'cfat_', `/accounts/${account}/tokens`);
	const line = 'issue work --with admin --user ci --yes --policy';
	const place = issuingPlace('cloudflare', owner);
	const {code, stderr, data} = await runIssue(`${line} DNS~Write --policy Workers~Scripts~Write`, place);
	assert.deepEqual([code, data.accountID, owner.opens(data)], [0, account, true], stderr);
	assert.match(last(owner)?.name ?? '', /^ci pharmer-[\da-f]{8}$/);
	const own = `com.cloudflare.api.account.${account}`;
	assert.deepEqual(
		last(owner)?.policies.map(({permission_groups: groups, resources}) => [groups, resources]),
		[
			[[{id: dnsWrite}], {[own]: {'com.cloudflare.api.account.zone.*': '*'}}],
			[[{id: scripts}], {[own]: '*'}],
		],
	);
	assert.match(stderr, /a token of the account, with DNS Write and Workers Scripts Write/);
});

test('a file of policies is sent as it is, and the global API key signs', async () => {
	const user = userNow();
	const policy = {
		effect: 'allow',
		permission_groups: [{id: dnsWrite}],
		resources: {'com.cloudflare.api.account.zone.eb78d65290b24279ba6f44721b3ea3c4': '*'},
	};
	const file = [{...policy, id: 'old', permission_groups: [{id: dnsWrite, name: 'DNS Write'}]}];
	const place = issuingPlace('cloudflare', {...user, admin: globalKey});
	const files = {'zone.json': JSON.stringify(file)};
	const {code, stderr, data} = await runIssue('issue work --with admin --policy zone.json --yes', place, {files});
	assert.deepEqual([code, user.opens(data), Object.keys(data)], [0, true, ['apiToken']], stderr);
	assert.deepEqual(last(user)?.policies, [policy]);
	assert.ok(!stderr.includes('all zones'));
});

test('what is no permission of Cloudflare, and no policies, makes nothing', async () => {
	const user = userNow();
	const whole = user.policy(dnsWrite);
	const files = {
		'iam.json': '{"Version": "2012-10-17", "Statement": []}',
		'none.json': '[]',
		'condition.json': JSON.stringify([whole, {...whole, condition: {request_ip: {in: ['192.0.2.1']}}}]),
		'meta.json': JSON.stringify({...whole, permission_groups: [{id: dnsWrite, meta: {scopes: 'x'}}]}),
	};
	const lines: readonly (readonly [flags: string, code: number, why: RegExp])[] = [
		['--policy iam.json', 7, /no permission, such as `DNS Write`, and no policies/],
		['--policy none.json', 7, /no permission/],
		['--policy condition.json', 7, /no policies: JSON with only `effect`, `permission_groups` and `resources`/],
		['--policy meta.json', 7, /no policies/],
		['--policy DNS~Wrote', 10, /it has no permission DNS Wrote/],
		['--policy API~Tokens~Write', 10, /it has no permission API Tokens Write for zones or accounts/],
		['--policy Logs~Write', 10, /several permissions Logs Write/],
	];
	for (const [flags, expected, why] of lines) {
		const {code, stderr, underWay} = await runIssue(`issue work --with admin --yes ${flags}`, placeOf(user), {
			files,
		});
		assert.deepEqual([code, underWay, user.tokens.size], [expected, undefined, 1], `${flags}: ${stderr}`);
		assert.match(stderr, why);
	}
});

test('an account ID that is none is not taken for every account', async () => {
	const user = userNow();
	const place = issuingPlace('cloudflare', {...user, admin: {...user.admin, accountID: 'Example Account'}});
	const {code, stderr, underWay} = await runIssue('issue work --with admin --yes', place);
	assert.deepEqual([code, underWay, user.tokens.size], [10, undefined, 1], stderr);
	assert.match(stderr, /its account ID is no account ID/);
});

test('a token of the same name that somebody else made stays, whatever is taken back', async () => {
	const user = userNow();
	const other = user.add({name: 'pharmer-0a1b2c3d', policies: [user.policy(dnsWrite)]});
	const place = placeOf(user);
	const lost = await runIssue('issue work --with admin --yes', place, {}, ({url}) =>
		url.endsWith('/verify') && user.tokens.size === 3 ? 'request-lost' : undefined,
	);
	assert.deepEqual([lost.code, user.tokens.size], [11, 3], lost.stderr);
	const {code, stderr, underWay} = await runIssue('issue work --undo --yes', place);
	assert.deepEqual([code, underWay, user.tokens.size], [0, undefined, 2], stderr);
	assert.ok(user.tokens.has(other.id));
});

test('a token of Cloudflare that may not make others is told so, and nothing is under way', async () => {
	const user = userNow();
	const poor = user.add({name: 'poor', policies: [user.policy(dnsWrite)]});
	const place = issuingPlace('cloudflare', {...user, admin: {apiToken: poor.value}});
	const {code, stderr, underWay} = await runIssue('issue work --with admin --yes', place);
	assert.deepEqual([code, underWay], [10, undefined]);
	assert.match(stderr, /needs the permission API Tokens Edit of the user/);
});
