import {runAwsProcess, runAwsSetup} from './aws.js';
import {runBrowse} from './browse.js';
import type {Context} from './context.js';
import {runCreate} from './create.js';
import {runDelete} from './delete.js';
import {runEdit} from './edit.js';
import {runEnv} from './env.js';
import {reportError} from './error-report.js';
import {runExec} from './exec.js';
import {runExport} from './export.js';
import {runGet} from './get.js';
import {runImport} from './import.js';
import {runPassphrase} from './passphrase.js';
import {type Invocation, parseCommandLine} from './program.js';
import {runRestore} from './restore.js';

function run(invocation: Exclude<Invocation, {verb: 'exec'}>, context: Context): Promise<void> {
	switch (invocation.verb) {
		case 'browse':
			return runBrowse(invocation.options, context);
		case 'create':
			return runCreate(invocation.options, context);
		case 'import':
			return runImport(invocation.options, context);
		case 'env':
			return runEnv(invocation.options, context);
		case 'get':
			return runGet(invocation.options, context);
		case 'edit':
			return runEdit(invocation.options, context);
		case 'delete':
			return runDelete(invocation.options, context);
		case 'restore':
			return runRestore(invocation.options, context);
		case 'passphrase':
			return runPassphrase(invocation.options, context);
		case 'export':
			return runExport(invocation.options, context);
		case 'aws credential-process':
			return runAwsProcess(invocation.options, context);
		case 'aws setup':
			return runAwsSetup(invocation.options, context);
	}
}

const helpWidth = {narrowest: 60, widest: 100, usual: 80} as const;

/** Parses the arguments (without the program's own name) and runs what they ask for. Returns the exit code and never throws. */
export async function runCommandLine(argv: readonly string[], context: Context): Promise<number> {
	try {
		const columns = context.stdout.columns ?? helpWidth.usual;
		const width = Math.min(helpWidth.widest, Math.max(helpWidth.narrowest, columns));
		const parsed = parseCommandLine(argv, {version: context.version, width});
		if (parsed.verb !== 'help') {
			// Its exit code is that of the command it ran.
			if (parsed.verb === 'exec') return await runExec(parsed.options, context);
			await run(parsed, context);
			return 0;
		}
		if (parsed.stdout !== '') context.stdout.write(parsed.stdout);
		if (parsed.stderr !== '') context.stderr.write(parsed.stderr);
		return parsed.exitCode;
	} catch (error) {
		const {text, exitCode} = reportError(error, context.environment);
		context.stderr.write(text);
		return exitCode;
	}
}
