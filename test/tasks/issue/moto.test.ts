import assert from 'node:assert/strict';
import {test} from 'node:test';
import {membersOf} from '../../../source/providers/aws/xml.js';
import {clockOf} from '../../helpers/clock.js';
import {oneMaking} from '../../helpers/key-making.js';
import {motoAccount, motoClock} from '../../helpers/moto-account.js';
import {isProving, size} from '../../helpers/rounds.js';

const skip = isProving ? false : 'only with `npm run prove`: it installs moto';

test('whatever is lost while users are made at moto, each is there once, or not at all', {skip}, async context => {
	const account = await motoAccount(context);
	if (account === undefined) return;
	const {ask, admin, idsOf} = account;
	/** A text of each member of what moto lists; undefined where it does not have whose list that is. */
	const listed = async (action: string, of: string, members: Readonly<Record<string, string>> = {}) => {
		const {status, body} = await ask({Action: action, ...members});
		return status === 404 ? undefined : membersOf(body).map(each => each.get(of) ?? assert.fail(body));
	};
	await account.addUser('colleague');
	await ask({Action: 'CreateGroup', GroupName: 'others'});
	await ask({Action: 'AddUserToGroup', GroupName: 'others', UserName: 'colleague'});
	let made = 0;
	for (let number = 0; number < size(1, 500); number++) {
		const identity = `pharmer-${number}`;
		const things = async (): Promise<readonly string[]> => {
			const policies = await listed('ListAttachedGroupPolicies', 'PolicyArn', {GroupName: identity});
			const groups = await listed('ListGroupsForUser', 'GroupName', {UserName: identity});
			const group = policies && ['group', ...policies];
			const user = groups && ['user', ...groups.map(name => `in ${name}`), ...(await idsOf(identity))];
			return [...(group ?? []), ...(user ?? [])];
		};
		const policies = ['AmazonEC2', 'AmazonRoute53', 'IAM', 'AmazonVPC'].map(name => new RegExp(`/${name}FullAccess$`));
		const whole = [/^group$/, ...policies, /^user$/, new RegExp(`^in ${identity}$`), /^AKIA/];
		const clock = clockOf(new Date().toISOString(), motoClock);
		const {close, ...reach} = account.reachBy(clock);
		const opens = account.opens.bind(undefined, identity);
		await oneMaking({provider: 'aws', admin, identity, whole, ...reach, things, opens}, clock, number);
		close();
		made += (await things()).length === 0 ? 0 : 1;
	}
	assert.equal((await listed('ListUsers', 'UserName'))?.length, made + 2, 'beside the administrator and a colleague');
	assert.deepEqual(await listed('ListGroupsForUser', 'GroupName', {UserName: 'colleague'}), ['others']);
	assert.equal((await idsOf('colleague')).length, 1);
});
