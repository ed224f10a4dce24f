import type {Found} from './agent/client.js';
import type {ExactForm} from './commands/exact-form.js';
import {isAgentOff} from './domain/agent-off.js';
import type {Credential} from './domain/credential.js';
import type {Environment} from './domain/environment.js';
import {stopIfDebugged} from './platform/guard.js';
import {isTerminal, writeOut} from './platform/output.js';
import {mayAskAgent, type Quick, quickAgent} from './quick-agent.js';
import type {Start} from './quick-exec.js';
import {parseCredential} from './vault/format/credential-record.js';

/**
 * Answers a line that tools repeat all day with what the agent says, if that is all there is to it. Everything else
 * is left to the rest of the program, which loads only then; so is every error.
 */
export async function answerQuickly(form: ExactForm, environment: Environment, version: string): Promise<Quick> {
	if (!isForAgent(form, environment)) return 'not';
	stopIfDebugged();
	try {
		const {agent, path, names} = quickAgent(form, environment, version);
		let isAnswered = false;
		const found = await agent.read(path, names, async ([only], note) => {
			if (only?.is !== 'credential') return;
			const credential = parsed(only);
			writeOut(await textOf(credential, form));
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

/**
 * Runs the command of `exec NAME... -- COMMAND...` with what the agent gives, and resolves to its exit code. Where
 * there is anything to say, warn of or refuse, nothing is run, and it is left to the rest of the program.
 */
export async function execQuickly(
	form: ExactForm,
	start: Start & {readonly version: string},
): Promise<number | Exclude<Quick, 'answered'>> {
	const {environment, version} = start;
	const [program, ...args] = form.behind ?? [];
	if (program === undefined || !mayAskAgent(environment)) return 'not';
	stopIfDebugged();
	try {
		const {agent, path, names} = quickAgent(form, environment, version);
		// Loaded once the agent has been asked: while it answers.
		const loading = new Promise<typeof import('./quick-exec.js')>(resolve => {
			setImmediate(() => resolve(import('./quick-exec.js')));
		});
		loading.catch(() => {});
		let ended: Promise<number> | undefined;
		const found = await agent.read(path, names, async (all, note) => {
			const records = all.filter(each => each.is === 'credential');
			if (records.length < all.length) return;
			// Each once.
			const credentials = [...new Map(records.map(parsed).map(each => [each.id, each])).values()];
			const ids = credentials.map(({id}) => id);
			const {startCommand} = await loading;
			const onStarted = (): void => note(ids, 'exec');
			ended = startCommand(credentials, {command: [program, ...args], onStarted}, start);
			// It is waited for once the agent is no longer needed.
			ended?.catch(() => {});
		});
		if (ended !== undefined) return await ended;
		return found === undefined && agent.isSilent() ? 'silent' : 'not';
	} catch {
		// The command has not been started.
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
	const {agent, path} = quickAgent({vault, names: []}, environment, version);
	return agent.names(path, completionMs);
}

/** On a terminal, no secret is shown to AWS's tools. */
function isForAgent({verb, names, isJson}: ExactForm, environment: Environment): boolean {
	if (!mayAskAgent(environment)) return false;
	return (verb === 'get' && isJson && names.length > 0) || (verb === 'aws credential-process' && !isTerminal(1));
}

/** Throws for a record that is not valid. */
function parsed({record, format}: Extract<Found, {is: 'credential'}>): Credential {
	return parseCredential(record, format === 1 ? 1 : 2);
}

async function textOf(credential: Credential, {verb}: ExactForm): Promise<string> {
	if (verb === 'get') return (await import('./documents/manifest-json.js')).renderJson(credential);
	const {credentialProcessOutput} = await import('./providers/aws/credential-process-output.js');
	return credentialProcessOutput(credential, new Date());
}
