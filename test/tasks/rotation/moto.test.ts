import {test} from 'node:test';
import {clockOf} from '../../helpers/clock.js';
import {oneLife} from '../../helpers/key-life.js';
import {motoAccount, motoClock} from '../../helpers/moto-account.js';
import {isProving, size} from '../../helpers/rounds.js';

const skip = isProving ? false : 'only with `npm run prove`: it installs moto';

test('whatever is lost while keys are replaced at moto, none is lost and none is left over', {skip}, async context => {
	const account = await motoAccount(context);
	if (account === undefined) return;
	for (let number = 0; number < size(1, 500); number++) {
		const user = `user-${number}`;
		const clock = clockOf(new Date().toISOString(), motoClock);
		const {close, ...reach} = account.reachBy(clock);
		const data = await account.addUser(user);
		const count = async (): Promise<number> => (await account.idsOf(user)).length;
		const opens = account.opens.bind(undefined, user);
		await oneLife({provider: 'aws', data, grace: 1000, ...reach, count, opens}, clock, number);
		close();
	}
});
