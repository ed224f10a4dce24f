import assert from 'node:assert/strict';
import fc from 'fast-check';
import type {Answer, Request} from '../../source/domain/exchange.js';
import type {Verdict} from '../../source/domain/verdict.js';
import {providerOf} from '../../source/providers/catalog.js';
import {probes} from '../../source/providers/probes.js';
import {seed, size} from './rounds.js';

/** What a probe is to be mistrustful of. */
export type Distrust = {
	readonly provider: string;
	readonly data: Readonly<Record<string, string>>;
	/** The answers of a provider that finds the credential valid. */
	readonly answer: (request: Request) => {
		readonly status: number;
		readonly headers?: Readonly<Record<string, string>>;
		readonly body: string;
	};
	/** Which request decides: what is answered to it is damaged. The first when left out. */
	readonly decides?: (request: Request) => boolean;
	/** Whether a body still tells whose the credential is, as the documentation has it. */
	readonly proves: (body: string) => boolean;
	/** The statuses and bodies of documented refusals, and the code or text in each without which it is none. */
	readonly refusals: readonly {readonly status: number; readonly body: string; readonly reason: string}[];
	/** The statuses of documented answers of any kind; any other is never trusted. */
	readonly listed: readonly number[];
};

const refused: readonly Verdict['is'][] = ['invalid', 'expired', 'disabled'];

/** How often a body is damaged: 100,000 over all providers when everything is proved. */
const runs = size(200, 6000);

/**
 * Asserts that a probe calls nothing valid that does not name whose it is, nothing refused without the provider's reason
 * for it, and that no answer makes it throw or repeat a secret.
 */
export async function assertDistrusts({
	provider,
	data,
	answer,
	decides,
	proves,
	refusals,
	listed,
}: Distrust): Promise<void> {
	const probe = probes.get(provider);
	assert.ok(probe !== undefined);
	const secrets = providerOf(provider).fields.flatMap(({key, secret}) => (secret && data[key]) || []);
	const verdictOf = async (damage: (answer: Answer) => Answer): Promise<Verdict> => {
		let hasDecided = false;
		const said = await probe.verify(key => data[key] ?? '', {
			now: new Date('2026-11-29T12:00:00Z'),
			knows: async () => true,
			async ask(request) {
				const {status, headers = {}, body} = answer(request);
				const whole = {status, headers: new Map(Object.entries(headers)), body};
				const isDeciding = decides === undefined ? !hasDecided : decides(request);
				hasDecided ||= isDeciding;
				return isDeciding ? damage(whole) : whole;
			},
		});
		const shown = JSON.stringify(said);
		for (const secret of secrets) assert.ok(!shown.includes(secret), `a secret of ${provider} is in a verdict`);
		return said;
	};
	assert.equal((await verdictOf(whole => whole)).is, 'valid', 'the answer as it is');
	for (let status = 100; status < 600; status++) {
		if (listed.includes(status)) continue;
		for (const body of ['', '{}', '<html>sign in</html>', ...refusals.map(each => each.body)]) {
			const {is} = await verdictOf(whole => ({...whole, status, body}));
			assert.ok(is === 'unknown' || is === 'unreachable', `${provider}: ${status} is ${is}`);
		}
		const {is} = await verdictOf(whole => ({...whole, status}));
		assert.ok(is === 'unknown' || is === 'unreachable', `${provider}: ${status} with the valid body is ${is}`);
	}
	await fc.assert(
		fc.asyncProperty(damaged, async damage => {
			const good = await bodyOf(damage, whole => verdictOf(whole));
			if (good.said.is === 'valid') assert.ok(proves(good.body), `${provider}: valid for ${good.body}`);
			else assert.ok(!refused.includes(good.said.is), `${provider}: ${good.said.is} for a damaged ${good.body}`);
			for (const refusal of refusals) {
				const body = damage(refusal.body);
				const {is} = await verdictOf(whole => ({...whole, status: refusal.status, body}));
				assert.notEqual(is, 'valid', `${provider}: valid for ${refusal.status} ${body}`);
				if (refused.includes(is)) assert.ok(body.includes(refusal.reason), `${provider}: ${is} for ${body}`);
			}
		}),
		{numRuns: runs, seed},
	);
}

async function bodyOf(
	damage: (body: string) => string,
	ask: (damaged: (answer: Answer) => Answer) => Promise<Verdict>,
): Promise<{readonly body: string; readonly said: Verdict}> {
	let body = '';
	const said = await ask(whole => {
		body = damage(whole.body);
		return {...whole, body};
	});
	return {body, said};
}

/** Ways in which a body comes in damaged. */
export const damaged: fc.Arbitrary<(body: string) => string> = fc.oneof(
	fc
		.double({min: 0, max: 1, noNaN: true, maxExcluded: true})
		.map(share => (body: string) => body.slice(0, Math.floor(body.length * share))),
	fc
		.tuple(fc.double({min: 0, max: 1, noNaN: true, maxExcluded: true}), fc.string({maxLength: 6}))
		.map(([share, text]) => (body: string) => {
			const at = Math.floor(body.length * share);
			return body.slice(0, at) + text + body.slice(at + text.length);
		}),
	// A member or an element goes by another name.
	fc.nat({max: 40}).map(nth => (body: string) => {
		let count = 0;
		return body.replace(/\w+(?="\s*:|>)/g, name => (count++ === nth ? `${name}x` : name));
	}),
	fc.json().map(text => () => text),
	fc.string({maxLength: 200}).map(text => () => text),
	fc
		.constantFrom('', '{}', '[]', 'null', '<html><body>Sign in to the network</body></html>', '['.repeat(50_000))
		.map(text => () => text),
);
