import {usesColor} from '../platform/terminal.js';
import type {Context, Surroundings} from './context.js';
import {reportError} from './error-report.js';
import {exactForm} from './exact-form.js';
import {exactInvocation} from './exact-invocation.js';
import {helpWidth} from './help-page.js';

/**
 * Parses the arguments (without the program's own name) and runs the command. Returns the exit code and never throws.
 */
export async function runCommandLine(argv: readonly string[], around: Surroundings): Promise<number> {
	const {stderr, environment} = around;
	const hasColor = usesColor(environment, stderr.isTTY === true, !argv.includes('--no-color'));
	const {isTTY = false} = stderr;
	const last: (() => Promise<void>)[] = [];
	const context: Context = {
		...around,
		stderr: {hasColor, isTTY, write: text => stderr.write(text)},
		atEnd: task => void last.push(task),
	};
	const code = await runIn(context, argv);
	for (const task of last) await task();
	return code;
}

async function runIn(context: Context, argv: readonly string[]): Promise<number> {
	try {
		const exact = exactForm(argv);
		if (exact !== undefined) return (await (await exactInvocation(exact)).run(context)) ?? 0;
		const {parseCommandLine} = await import('./program.js');
		const parsed = parseCommandLine(argv, {
			version: context.version,
			width: helpWidth(context.stdout.columns),
			canPick: () => context.picker() !== undefined,
		});
		if ('run' in parsed) return (await parsed.run(context)) ?? 0;
		if (parsed.stdout !== '') context.stdout.write(parsed.stdout);
		if (parsed.stderr !== '') context.stderr.write(parsed.stderr);
		return parsed.exitCode;
	} catch (error) {
		const {text, exitCode} = reportError(error, context.environment, context.stderr.hasColor);
		context.stderr.write(text);
		return exitCode;
	}
}
