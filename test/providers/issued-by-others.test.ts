import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {IssueCall} from '../../source/providers/issuer.js';
import {issuers} from '../../source/providers/issuers.js';
import {Refused} from '../../source/providers/refused.js';
import {issuingClouds} from '../helpers/clouds/issuing-clouds.js';
import {directNetwork} from '../helpers/direct-network.js';

const now = (): number => Date.parse('2026-11-30T10:00:00Z');

/** What a step says where it does not do it; what is not known everywhere yet is tried again. */
async function kindOf(work: () => Promise<unknown>): Promise<string | undefined> {
	for (let tries = 0; ; tries++) {
		try {
			await work();
			return undefined;
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			if (tries === 5 || (error.kind !== 'later' && error.kind !== 'gone')) return error.kind;
		}
	}
}

function openCloud(name: string) {
	const cloud = issuingClouds.get(name)?.(now) ?? assert.fail(name);
	const issuer = issuers.get(cloud.provider) ?? assert.fail(name);
	const by = (key: string): string => cloud.admin[key] ?? '';
	const ask = directNetwork(cloud.handlers, now).askFor({provider: cloud.provider, origins: new Set()});
	/** An order of somebody's for the same identity. */
	const orderOf = (mark: string) => {
		const order = {identity: issuer.identity, policies: cloud.policies ?? issuer.policies(by), mark};
		const made = new Map<string, string>();
		const call: IssueCall = {ask, now: new Date(now()), by, order, made};
		const steps = issuer.steps(order, by);
		return {
			call,
			steps,
			async make() {
				for (const step of steps)
					assert.equal(await kindOf(async () => made.set(step.id, await step.make(call))), undefined, step.says);
			},
			/** What each step says, by its id, last first. */
			async remove(): Promise<ReadonlyMap<string, string | undefined>> {
				const said = new Map<string, string | undefined>();
				for (const {id, remove} of steps.toReversed()) said.set(id, await kindOf(() => remove(call, made.get(id))));
				return said;
			},
			async addKey(): Promise<void> {
				const chosen = await issuer.choose?.(call);
				await issuer.makeKey(call, chosen && (key => chosen.get(key)?.reveal() ?? ''), mark);
			},
		};
	};
	return {cloud, issuer, orderOf};
}

/** Where each identity has a name of its own that is found by that. */
const named = ['alibaba', 'gce', 'oci'];

for (const name of named) {
	test(`what somebody else made under the same name at ${name} is not changed, and undo says that it stays`, async () => {
		const {cloud, issuer, orderOf} = openCloud(name);
		const [ours, theirs] = [orderOf('0a1b2c3d'), orderOf('4e5f6071')];
		await ours.make();
		await ours.remove();
		assert.equal(await kindOf(() => issuer.keys(ours.call)), 'gone');
		await theirs.make();
		const there = cloud.things();
		const said = await ours.remove();
		assert.deepEqual(cloud.things(), there);
		assert.equal(said.get(issuer.identityStep ?? ''), 'used');
		for (const step of ours.steps.filter(({id}) => ours.call.order.policies.includes(id))) {
			assert.equal(said.get(step.id), 'used', step.id);
			assert.equal(await kindOf(() => step.make(ours.call)), 'gone', step.id);
		}
		assert.equal(await kindOf(() => ours.addKey()), 'gone');
		assert.equal(await kindOf(() => issuer.keys(ours.call)), 'gone');
		assert.deepEqual(cloud.things(), there);
	});
}

for (const name of ['alibaba', 'gce', 'oci', 'azure', 'ibm', 'scaleway']) {
	test(`an identity at ${name} with a key that somebody uses is not deleted`, async () => {
		const {cloud, issuer, orderOf} = openCloud(name);
		const ours = orderOf('0a1b2c3d');
		await ours.make();
		await ours.addKey();
		const said = await ours.remove();
		assert.equal(said.get(issuer.identityStep ?? ''), 'used');
		assert.ok(cloud.things().some(each => /^(?:key|secret)\b/.test(each)));
	});
}

test('policies of a user that somebody else made, and that was agreed to, are given and taken back', async () => {
	for (const name of ['alibaba', 'gce']) {
		const {cloud, issuer, orderOf} = openCloud(name);
		const [theirs, ours] = [orderOf('4e5f6071'), orderOf('0a1b2c3d')];
		const [identity, policy] = theirs.steps;
		assert.ok(identity && policy);
		await identity.make(theirs.call);
		const there = cloud.things();
		const {there: found} = await issuer.survey(ours.call);
		const call = {...ours.call, made: found};
		await policy.make(call);
		assert.equal(cloud.things().length, there.length + 1);
		await policy.remove(call, policy.id);
		assert.deepEqual(cloud.things(), there);
	}
});
