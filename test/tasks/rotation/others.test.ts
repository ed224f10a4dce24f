import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../../source/domain/errors.js';
import {clockOf} from '../../helpers/clock.js';
import {clouds} from '../../helpers/clouds/clouds.js';
import type {KeyCloud, MakeCloud} from '../../helpers/clouds/key-cloud.js';
import {fieldsIn, type How, resume, rotate, rotationIn, vaultWith} from '../../helpers/rotated.js';

const start = '2026-11-30T10:00:00Z';

async function begun(make: MakeCloud) {
	const clock = clockOf(start);
	const cloud = make(clock.now);
	const vault = await vaultWith(cloud);
	const how: How = {cloud, vault, now: clock.now};
	return {clock, cloud, vault, how};
}

const ids = (cloud: KeyCloud): readonly string[] => cloud.keys().map(({id}) => id);

for (const [provider, make] of clouds) {
	test(`${provider}: replaced, tried, kept for the grace, deleted`, async () => {
		const {clock, cloud, vault, how} = await begun(make);
		assert.equal((await rotate(how)).is, 'waiting');
		const fields = fieldsIn(await vault.read());
		assert.equal(cloud.opens(fields), true);
		assert.notDeepEqual(fields, cloud.data);
		clock.add(86_400);
		assert.deepEqual(await resume(how), {is: 'done'});
		assert.equal(cloud.opens(fieldsIn(await vault.read())), true);
		assert.equal(cloud.opens(cloud.data), false, 'the old one opens nothing');
	});

	test(`${provider}: taken back within the grace`, async () => {
		const {cloud, vault, how} = await begun(make);
		const before = ids(cloud).length;
		await rotate(how);
		assert.deepEqual(await resume(how, {isBack: true}), {is: 'undone'});
		assert.deepEqual(fieldsIn(await vault.read()), cloud.data);
		assert.equal(cloud.opens(cloud.data), true);
		assert.equal(ids(cloud).length, before, 'the new key is gone');
	});

	test(`${provider}: a key that somebody else makes meanwhile stops it, named, before anything is deleted`, async () => {
		const {clock, cloud, vault, how} = await begun(make);
		await rotate(how);
		clock.add(86_400);
		const stranger = cloud.addKey();
		const there = ids(cloud);
		const refused = {...how, answer: () => 'nobody' as const};
		// There it is the new key that somebody renews.
		if (cloud.isFixed) return assert.rejects(resume(refused), PharmerError);
		await assert.rejects(resume(refused), (error: unknown) => {
			assert.ok(error instanceof PharmerError);
			assert.equal(error.code, 'conflict');
			assert.ok(error.message.includes(stranger), error.message);
			return true;
		});
		await assert.rejects(resume({...how, answer: () => 'no'}), {code: 'cancelled'});
		assert.deepEqual(ids(cloud), there, 'nothing was deleted');
		assert.deepEqual(await resume(how), {is: 'done'}, 'a yes lets it be');
		assert.ok(ids(cloud).includes(stranger));
		assert.equal(rotationIn(await vault.read()), undefined);
	});

	test(`${provider}: somebody deletes the new key in the console: the old one is not touched, and comes back`, async () => {
		const {clock, cloud, vault, how} = await begun(make);
		await rotate(how);
		const {freshId = '', oldId} = rotationIn(await vault.read()) ?? assert.fail();
		clock.add(86_400);
		cloud.dropKey(freshId);
		await assert.rejects(resume(how), PharmerError);
		assert.ok(ids(cloud).includes(oldId));
		const isOff = cloud.keys().some(({id, isOff: off}) => id === oldId && off);
		// Only another credential could switch it on again.
		if (isOff) return;
		assert.deepEqual(await resume(how, {isBack: true}), {is: 'undone'});
		assert.equal(cloud.opens(fieldsIn(await vault.read())), true);
	});

	test(`${provider}: somebody deletes the old key in the console: it is over, and can't be taken back`, async () => {
		for (const isBack of [false, true]) {
			const {clock, cloud, vault, how} = await begun(make);
			await rotate(how);
			const {oldId} = rotationIn(await vault.read()) ?? assert.fail();
			cloud.dropKey(oldId);
			clock.add(86_400);
			if (isBack) await assert.rejects(resume(how, {isBack}), {code: 'conflict'});
			assert.deepEqual(await resume(how), {is: 'done'});
			assert.equal(cloud.opens(fieldsIn(await vault.read())), true);
		}
	});

	test(`${provider}: of two vaults that replace one key at once, at most one goes on`, async () => {
		const {clock, cloud, vault, how} = await begun(make);
		const other = await vaultWith(cloud);
		const nobody = (its: typeof vault): How => ({...how, vault: its, answer: () => 'nobody'});
		const results = await Promise.allSettled([rotate(nobody(vault), 0), rotate(nobody(other), 0)]);
		clock.add(86_400);
		results.push(...(await Promise.allSettled([resume(nobody(vault)), resume(nobody(other))])));
		const done = results.filter(each => each.status === 'fulfilled' && each.value.is === 'done');
		assert.ok(done.length <= 1, 'both went on');
		for (const each of results)
			if (each.status === 'rejected') assert.ok(each.reason instanceof PharmerError, String(each.reason));
		const opened = await Promise.all([vault, other].map(async its => cloud.opens(fieldsIn(await its.read()))));
		assert.ok(opened.includes(true), 'a key that a vault holds works');
	});
}
