import {test} from 'node:test';
import {clockOf} from '../../helpers/clock.js';
import {oneEnd} from '../../helpers/key-end.js';
import {motoAccount, motoClock} from '../../helpers/moto-account.js';
import {isProving, size} from '../../helpers/rounds.js';

const skip = isProving ? false : 'only with `npm run prove`: it installs moto';

for (const [by, isOther] of [
	['that sign for their own end', false],
	['by another credential', true],
] as const) {
	test(`whatever is lost while keys are revoked at moto ${by}, they are gone, and no other`, {skip}, async context => {
		const account = await motoAccount(context);
		if (account === undefined) return;
		const admin = isOther ? {admin: {provider: 'aws', data: account.admin}} : {};
		for (let number = 0; number < size(1, 500); number++) {
			const user = `user-${number}`;
			const clock = clockOf(new Date().toISOString(), motoClock);
			const {close, ...reach} = account.reachBy(clock);
			const data = await account.addUser(user);
			const ids = () => account.idsOf(user);
			const addKey = async (): Promise<string> => (await account.addKey(user)).accessKeyID;
			const opens = account.opens.bind(undefined, user);
			await oneEnd({provider: 'aws', data, ...admin, ...reach, ids, addKey, opens}, clock, number);
			close();
		}
	});
}
