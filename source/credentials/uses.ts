import type {Credential} from '../domain/credential.js';
import {fieldOf, providerOf} from '../providers/catalog.js';

/** One way to hand a credential to a tool: what it does, and the command line for it. */
export type Use = {readonly title: string; readonly command: string};

/** A text as a word of a shell. A vault that somebody else wrote need not keep to the rules for names. */
function shellWord(text: string): string {
	return /^[A-Za-z0-9][A-Za-z0-9._/-]*$|^[/.][A-Za-z0-9._/-]*$/.test(text)
		? text
		: `'${text.replaceAll("'", "'\\''")}'`;
}

/** How the program is called on the vault that is open; `vault` is its path when a flag named it. */
export function programWords(vault: string | undefined): string {
	return vault === undefined ? 'pharmer' : `pharmer --vault ${shellWord(vault)}`;
}

/** The command lines that hand this credential on; none holds a secret. */
export function usesOf({name: text, provider: id, data}: Credential, vault?: string): readonly Use[] {
	const pharmer = programWords(vault);
	const name = shellWord(text);
	const provider = providerOf(id);
	const tool = provider.tool ?? 'COMMAND';
	const asFile = [...data.keys()].some(key => fieldOf(provider, key).file !== undefined);
	return [
		// What its tools want as a file has to be one for them.
		asFile
			? {title: 'run a command with it, its file in memory', command: `${pharmer} exec ${name} --files -- ${tool}`}
			: {title: 'run a command with it', command: `${pharmer} exec ${name} -- ${tool}`},
		{title: 'into this shell', command: `eval "$(${pharmer} env ${name})"`},
		{title: 'into this shell, in fish', command: `${pharmer} env ${name} --shell fish | source`},
		...(provider.id === 'aws'
			? [
					{title: 'as a profile of the aws command', command: `${pharmer} aws setup ${name}`},
					{title: 'with that profile', command: `aws --profile ${name} sts get-caller-identity`},
				]
			: []),
		{title: 'as a Kubernetes secret', command: `${pharmer} export ${name} -o k8s-secret --to secret.yaml`},
		{title: 'as JSON, for another program', command: `${pharmer} get credential ${name} -o json`},
	];
}
