import type {Environment} from '../domain/environment.js';
import {Secret} from '../domain/secret.js';
import {childEnvironment} from './own-secrets.js';
import {runTool} from './tool.js';

/** What a `credential_process` gave. */
export type AwsKeys = {readonly accessKeyId: string; readonly secretAccessKey: Secret};

/** The most bytes that the answer may have, and how long it may take: AWS tools wait longer, but not for ever. */
const reads = 64 * 1024;
const patience = 20_000;

/**
 * Runs the command line of a `credential_process` as an AWS tool does, through a shell, but without a terminal to ask
 * at and without the variables that hold a passphrase of ours. Undefined when it fails or gives no keys.
 */
export async function tryCredentialProcess(line: string, environment: Environment): Promise<AwsKeys | undefined> {
	const shell =
		process.platform === 'win32'
			? {program: environment.ComSpec ?? 'cmd.exe', args: ['/d', '/s', '/c', `"${line}"`]}
			: {program: '/bin/sh', args: ['-c', line]};
	const given = childEnvironment(environment);
	const output = await runTool({...shell, reads, patience}, given as Record<string, string>);
	return output && keysIn(output.toString('utf8'));
}

function keysIn(output: string): AwsKeys | undefined {
	try {
		const {AccessKeyId, SecretAccessKey} = JSON.parse(output) as Readonly<Record<string, unknown>>;
		if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') return undefined;
		return {accessKeyId: AccessKeyId, secretAccessKey: new Secret(SecretAccessKey)};
	} catch {
		return undefined;
	}
}
