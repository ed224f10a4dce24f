import assert from 'node:assert/strict';
import {test} from 'node:test';
import {clusterScopes} from '../../../source/providers/linode/schema.js';
import {linodeUser} from '../../helpers/clouds/linode.js';
import {now} from '../../helpers/command-line.js';
import {issuingPlace, runIssue} from '../../helpers/issue-command.js';

const userNow = (scopes = '*') => linodeUser(() => now.getTime(), scopes);
const placeOf = (user: ReturnType<typeof userNow>) => issuingPlace('linode', user);
const labels = ({tokens}: ReturnType<typeof userNow>) => [...tokens.values()].map(({label}) => label);

test('a token of the user that signs is made, with the scopes of the guide', async () => {
	const user = userNow();
	const {code, stderr, data, underWay} = await runIssue('issue work --with admin', placeOf(user), {answers: ['y']});
	assert.deepEqual([code, underWay, user.opens(data)], [0, undefined, true], stderr);
	const made = [...user.tokens.values()].at(-1);
	assert.match(made?.label ?? '', /^pharmer-[\da-f]{8}$/);
	assert.deepEqual([made?.scopes, made?.expiry], [clusterScopes.join(' '), null]);
	assert.match(stderr, /\n {2}a token of the user that signs, with linodes:read_write, lke:read_write, /);
	assert.match(stderr, /linodes:read_write lets the key make and delete any Linode of the account\./);
	assert.ok(!stderr.includes(data.token ?? 'x'));
});

test('a token of Linode may do just what is asked for, under a name of one’s own', async () => {
	const user = userNow();
	const line = 'issue work --with admin --user dns --policy domains:read_write --policy events:read_only --yes';
	const {code, stderr} = await runIssue(line, placeOf(user));
	assert.equal(code, 0, stderr);
	const made = [...user.tokens.values()].at(-1);
	assert.match(made?.label ?? '', /^dns pharmer-[\da-f]{8}$/);
	assert.equal(made?.scopes, 'domains:read_write events:read_only');
	assert.ok(!stderr.includes('lets the key'), 'nothing far-reaching is said of these');
	const everything = await runIssue('issue other --with admin --policy * --yes', placeOf(user));
	assert.match(everything.stderr, /\* lets the key do all that its user may\./);
});

test('what is no scope of Linode, or more than the admin has, makes nothing and is not under way', async () => {
	const user = userNow('account:read_write domains:read_write');
	const lines: readonly (readonly [flags: string, code: number])[] = [
		['--policy domains', 7],
		['--policy domains:read_write,lke:read_write', 7],
		['--policy policy.json', 7],
		['--policy lke:read_write', 10],
		['--policy *', 10],
	];
	for (const [flags, expected] of lines) {
		const {code, stderr, underWay} = await runIssue(`issue work --with admin --yes ${flags}`, placeOf(user));
		assert.deepEqual([code, underWay, user.tokens.size], [expected, undefined, 1], `${flags}: ${stderr}`);
	}
	const poor = userNow('linodes:read_only');
	const {code, stderr, underWay} = await runIssue('issue work --with admin --yes', placeOf(poor));
	assert.deepEqual([code, underWay], [10, undefined]);
	assert.match(stderr, /needs the scope account:read_write/);
});

test('what is taken back at Linode is the one token that was made', async () => {
	const user = userNow();
	user.add('pharmer', '*', null);
	user.add('pharmer-0a1b2c3d', '*', null);
	const place = placeOf(user);
	const lost = await runIssue('issue work --with admin --yes', place, {}, ({method}) =>
		method === 'POST' ? 'answer-lost' : undefined,
	);
	assert.deepEqual([lost.code, user.tokens.size], [11, 4], lost.stderr);
	const {code, stderr, underWay} = await runIssue('issue work --undo --yes', place);
	assert.deepEqual([code, underWay, labels(user)], [0, undefined, ['ci', 'pharmer', 'pharmer-0a1b2c3d']], stderr);
});
