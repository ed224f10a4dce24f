import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Context} from '../../source/commands/context.js';
import type {GlobalOptions} from '../../source/commands/global-options.js';
import {sharing} from '../../source/commands/shared-vault.js';
import {memoryStore} from '../../source/stores/memory.js';
import {withHistoryText} from '../../source/vault/history/section.js';
import {withJournal} from '../../source/vault/journals.js';
import type {Content} from '../../source/vault/vault.js';
import {fakeAgent} from '../helpers/fake-agent.js';
import {edit} from '../helpers/fleet.js';
import {rotationOf} from '../helpers/journals.js';
import {founder} from '../helpers/team.js';

/** How often the agent is asked to sync after a change by a command. */
async function asked(change: (content: Content) => Content): Promise<number> {
	const ana = await founder(memoryStore());
	await edit(ana, 'prod');
	const tasks: (() => Promise<void>)[] = [];
	let syncs = 0;
	const sync = async () => {
		syncs++;
		return {isShared: true};
	};
	const context: Partial<Context> = {
		environment: {},
		agent: async () => ({...fakeAgent(), sync}),
		atEnd: task => void tasks.push(task),
	};
	const vault = sharing(ana.vault, {agent: true} as GlobalOptions, context as Context);
	await vault.change(content => ({content: change(content), result: undefined}));
	for (const task of tasks) await task();
	return syncs;
}

test('the agent is asked to sync after a change of what is shared, also of what is under way, and after no other', async () => {
	assert.equal(await asked(content => ({...content, credentials: [...content.credentials]})), 1);
	assert.equal(await asked(content => withJournal(content, rotationOf(content.credentials[0]?.id ?? ''))), 1);
	assert.equal(await asked(content => withHistoryText(content, 'any')), 0);
});
