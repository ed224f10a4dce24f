import type {Credential} from '../domain/credential.js';
import {fieldOf, providerOf} from '../providers/catalog.js';
import {shellWord} from '../text/shell-word.js';

/** A way to pass a credential to a tool: what it does, and the command line for it. */
export type Use = {readonly title: string; readonly command: string};

/** The command that runs this program on the open vault. `vault` is its path if a flag named it. */
export function programWords(vault: string | undefined): string {
	return vault === undefined ? 'pharmer' : `pharmer --vault ${shellWord(vault)}`;
}

/** The command lines that pass this credential on. None contains a secret. */
export function usesOf({name: text, provider: id, data}: Credential, vault?: string): readonly Use[] {
	const pharmer = programWords(vault);
	const name = shellWord(text);
	const provider = providerOf(id);
	const tool = provider.tool ?? 'COMMAND';
	const asFile = [...data.keys()].some(key => fieldOf(provider, key).file !== undefined);
	return [
		// A value that its tools want as a file has to be passed as one.
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
