import type {ExactForm} from './commands/exact-form.js';
import {renderJson} from './documents/manifest-json.js';
import {isAgentOff} from './domain/agent-off.js';
import type {Credential} from './domain/credential.js';
import type {Environment} from './domain/environment.js';
import {stopIfDebugged} from './platform/guard.js';
import {isTerminal, writeOut} from './platform/output.js';
import {credentialProcessOutput} from './providers/aws/credential-process-output.js';
import {mayAskAgent, type Quick, quickAgent} from './quick-agent.js';
import {parseCredential} from './vault/format/credential-record.js';

/**
 * Answers a line that tools repeat all day with what the agent says, if that is all there is to it. Everything else
 * is left to the rest of the program, which loads only then; so is every error.
 */
export async function answerQuickly(form: ExactForm, environment: Environment, version: string): Promise<Quick> {
	if (!isForAgent(form, environment)) return 'not';
	stopIfDebugged();
	try {
		const {agent, path} = quickAgent(form.vault, environment, version);
		let isAnswered = false;
		const found = await agent.read(path, form.names, ([only], note) => {
			if (only?.is !== 'credential') return;
			const credential = parseCredential(only.record, only.format === 1 ? 1 : 2);
			writeOut(textOf(credential, form));
			isAnswered = true;
			note([credential.id], form.verb === 'get' ? 'get' : 'credential-process');
		});
		if (isAnswered) return 'answered';
		return found === undefined && agent.isSilent() ? 'silent' : 'not';
	} catch {
		// Such as a directory or a home that is gone.
		return 'not';
	}
}

/** How long a person who completes a word is kept waiting for the agent, in milliseconds. */
const completionMs = 80;

/**
 * The names of a vault's credentials with the keys of their fields, for a shell to complete; undefined when the agent
 * does not know them, or not at once. Asks it once.
 */
export async function namesQuickly(vault: string | undefined, environment: Environment, version: string) {
	if (isAgentOff(environment)) return undefined;
	const {agent, path} = quickAgent(vault, environment, version);
	return agent.names(path, completionMs);
}

/** On a terminal, no secret is shown to AWS's tools. */
function isForAgent({verb, names, isJson}: ExactForm, environment: Environment): boolean {
	if (!mayAskAgent(environment)) return false;
	return (verb === 'get' && isJson && names.length > 0) || (verb === 'aws credential-process' && !isTerminal(1));
}

function textOf(credential: Credential, {verb}: ExactForm): string {
	return verb === 'get' ? renderJson(credential) : credentialProcessOutput(credential, new Date());
}
