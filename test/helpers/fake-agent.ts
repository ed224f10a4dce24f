import type {AgentClient, Found} from '../../source/agent/client.js';
import type {Lease} from '../../source/agent/protocol.js';
import type {Credential} from '../../source/domain/credential.js';
import {nameKey} from '../../source/domain/name.js';
import type {NamedWork} from '../../source/domain/under-way-work.js';
import {nearest} from '../../source/text/nearest.js';
import {credentialRecord} from '../../source/vault/format/credential-record.js';

type FakeAgent = AgentClient & {
	held: (Lease & {readonly key: Buffer}) | undefined;
	/** What it says is under way at providers. */
	underWay: readonly NamedWork[];
	/** Why its last sync failed. */
	failure: string | undefined;
	/** What it was asked, in order. */
	readonly asked: string[];
};

/** An agent without a process. It reads from `credentials`, and holds one vault. */
export function fakeAgent(credentials: readonly Credential[] = []): FakeAgent {
	const agent: FakeAgent = {
		held: undefined,
		underWay: [],
		failure: undefined,
		asked: [],
		async read(_: string, names: readonly string[]) {
			agent.asked.push(`read ${names.join(' ')}`);
			if (agent.held === undefined) return undefined;
			return names.map((name): Found => {
				const found = credentials.find(each => nameKey(each.name) === nameKey(name));
				if (found !== undefined) return {is: 'credential', format: 2, record: credentialRecord(found)};
				const near = nearest(
					name,
					credentials.map(each => each.name),
				);
				return near === undefined ? {is: 'missing'} : {is: 'missing', near};
			});
		},
		async note(_: string, ids: readonly string[], kind: string) {
			agent.asked.push(`note ${kind} ${ids.join(' ')}`);
		},
		async names() {
			agent.asked.push('names');
			return agent.held && credentials.map(({name, data}) => [name, [...data.keys()]] as const);
		},
		async key(_: string, id: string) {
			agent.asked.push('key');
			return agent.held?.id === id ? Buffer.from(agent.held.key) : undefined;
		},
		async left() {
			agent.asked.push('left');
			if (agent.held === undefined) return undefined;
			const {total, idle} = agent.held;
			return idle === undefined ? {total, seconds: total} : {total, idle, seconds: idle};
		},
		async syncFailure() {
			return agent.held && agent.failure;
		},
		async works() {
			agent.asked.push('works');
			return agent.held && agent.underWay;
		},
		async sync() {
			agent.asked.push('sync');
			return agent.held && {isShared: false};
		},
		async hold(lease: Lease, key: Buffer) {
			agent.asked.push('hold');
			agent.held = {...lease, key: Buffer.from(key)};
		},
		async renew(lease: Lease, key: Buffer) {
			agent.asked.push('renew');
			if (agent.held?.id === lease.id) agent.held = {...lease, key: Buffer.from(key)};
		},
		async clearLater({seconds}) {
			agent.asked.push(`clear ${seconds}`);
			return agent.held === undefined ? 'process' : 'agent';
		},
		async end() {
			agent.asked.push('end');
			const ended = agent.held === undefined ? ('absent' as const) : ('ended' as const);
			agent.held = undefined;
			return ended;
		},
		isSilent: () => false,
	};
	return agent;
}
