import {awsAccount} from './aws-account.js';
import type {KeyCloud, MakeCloud} from './key-cloud.js';

/** One IAM user of AWS, who may do everything with its own keys: two at most, also of those that are off. */
export const awsCloud: MakeCloud = now => cloudWith(now, false);

/** The same, with another user who signs. */
export const awsCloudWithAdmin: MakeCloud = now => cloudWith(now, true);

function cloudWith(now: () => number, hasAdmin: boolean): KeyCloud {
	const account = awsAccount(now);
	const me = account.addUser('me');
	const first = account.addKey(me);
	return {
		provider: 'aws',
		handlers: account.handlers,
		data: {accessKeyID: first.id, secretAccessKey: first.secret},
		...(hasAdmin ? {admin: {provider: 'aws', data: account.admin}} : {}),
		keys: () => [...me.keys.values()],
		opens: account.opens,
		addKey: () => account.addKey(me).id,
		dropKey: id => void me.keys.delete(id),
	};
}
