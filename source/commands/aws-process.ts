import {type Name, parseName} from '../domain/name.js';
import {command} from './command.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
import {credentialsNamed} from './named-credentials.js';
import {usage} from './talk.js';

type AwsProcessOptions = GlobalOptions & {readonly name: Name};

export const awsProcess = command<AwsProcessOptions>({
	verb: 'aws credential-process',
	summary: 'print a credential for AWS tools',
	usage: 'aws credential-process NAME [flags]',
	description: 'Prints a credential as AWS tools want it from a credential_process. They call it themselves.',
	examples: [['pharmer aws credential-process work', 'what `pharmer aws setup work` writes into the config file']],
	more: ['The passphrase is asked for at the terminal when neither a flag nor the environment gives it.'],
	operand: {name: 'NAME', least: 1, most: 1, help: 'the credential'},
	flags: [],
	read: given => ({...given.globals, name: parseName(given.operand)}),
	run: runAwsProcess,
});

/**
 * Writes a credential to standard output as a `credential_process` does. Throws `usage` on a terminal, `not-found`, and
 * `invalid`.
 */
async function runAwsProcess(options: AwsProcessOptions, context: Context): Promise<void> {
	if (context.stdout.isTTY) {
		throw usage(
			'the secret would be shown on this terminal',
			'AWS tools call this themselves: `pharmer aws setup NAME`',
		);
	}
	const how = {inputTaken: true, question: 'Passphrase of the pharmer vault: '};
	const [{credentials, note}, {credentialProcessOutput}] = await Promise.all([
		credentialsNamed([options.name], options, context, how),
		import('../providers/aws/credential-process-output.js'),
	]);
	for (const credential of credentials) context.stdout.write(credentialProcessOutput(credential, context.now()));
	await note('credential-process');
}
