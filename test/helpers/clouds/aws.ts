import {awsAccount} from './aws-account.js';
import type {KeyCloud, MakeCloud} from './key-cloud.js';

/** One IAM user of AWS, who may do everything with its own keys: two at most, also of those that are off. */
export const awsCloud: MakeCloud = now => cloudWith(now, {});

/** The same, with another user who signs. */
export const awsCloudWithAdmin: MakeCloud = now => cloudWith(now, {hasAdmin: true});

/** The same, with a key that is known. */
export const awsCloudOf = (first: {readonly id: string; readonly secret: string}): KeyCloud =>
	cloudWith(Date.now, {given: first});

type Made = {readonly hasAdmin?: boolean; readonly given?: {readonly id: string; readonly secret: string}};

function cloudWith(now: () => number, {hasAdmin = false, given}: Made): KeyCloud {
	const account = awsAccount(now);
	const me = account.addUser('me');
	const first = account.addKey(me, given);
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
