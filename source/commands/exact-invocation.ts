import {type Command, Given, type Invocation} from './command.js';
import type {ExactForm} from './exact-form.js';
import type {Flag} from './flag.js';

/** The flags of a form, with their values. */
type Flags = ReadonlyMap<Flag<unknown>, unknown>;

/** The command of each form, and the flags that the form implies. */
const commands: Readonly<Record<ExactForm['verb'], (form: ExactForm) => Promise<{command: Command; flags?: Flags}>>> = {
	async browse({isDemo}) {
		const {browse, demoFlag} = await import('./browse.js');
		return {command: browse, flags: new Map<Flag<unknown>, unknown>(isDemo ? [[demoFlag, true]] : [])};
	},
	async get({field, isJson}) {
		const {get, outputFlag, fieldFlag} = await import('./get.js');
		const flags = new Map<Flag<unknown>, unknown>();
		if (isJson) flags.set(outputFlag, 'json');
		if (field !== undefined) flags.set(fieldFlag, field);
		return {command: get, flags};
	},
	exec: async () => ({command: (await import('./exec.js')).exec}),
	env: async () => ({command: (await import('./env.js')).env}),
	'aws credential-process': async () => ({command: (await import('./aws-process.js')).awsProcess}),
};

/** The invocation that `parseCommandLine()` would find for a line of that form. Loads that command only. */
export async function exactInvocation(form: ExactForm): Promise<Invocation> {
	const {verb, vault, names, hasNoun, behind} = form;
	const {command, flags} = await commands[verb](form);
	const globals = {vault, passphraseFd: undefined, acceptRollback: false, agent: true, color: true};
	const value = <Value>(flag: Flag<Value>) => flags?.get(flag) as Value | undefined;
	return command.invoke(new Given({operands: names, hasNoun, command: behind, globals, canPick: false, value}));
}
