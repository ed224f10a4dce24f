import {type ClosingStep, exposedBy, type Step, stepLines} from '../closing/step.js';
import {type ErrorCode, PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import {plural} from '../domain/words.js';
import type {Prompt} from '../platform/prompt.js';
import {closeFile} from '../tasks/close-file.js';
import {settleClosed} from '../tasks/closed-state.js';
import type {ClosingMachine} from '../tasks/closing-machine.js';
import {planClosing} from '../tasks/plan-closing.js';
import {readableWord} from '../text/shell-quote.js';
import {visible} from '../text/visible.js';
import type {Vault} from '../vault/vault.js';
import type {Context} from './context.js';
import {takesInput} from './data-source.js';
import {vaultWords} from './global-options.js';
import type {ImportOptions} from './import.js';
import {openVault} from './open-vault.js';
import {tell, usage, warn} from './talk.js';
import {wrapped} from './wrapped.js';

/** Where the texts of a step begin. */
const indent = 11;

const answers = {
	yes: [new Secret('y'), new Secret('yes')],
	quit: [new Secret('q'), new Secret('quit')],
};

/**
 * Asks `[y/n/q]`: whether to, and throws `cancelled` with that message when it is to end. What was typed ahead is no
 * answer, and none is shown.
 */
export async function agreesOrQuits(prompt: Prompt, question: string, cancelled: () => string): Promise<boolean> {
	const answer = await prompt.secret(`${question} [y/n/q] `, 'fresh');
	if (answers.quit.some(each => answer.equals(each))) throw new PharmerError('cancelled', cancelled());
	return answers.yes.some(each => answer.equals(each));
}

/** The prompt to ask at; undefined with `--yes` or in a dry run. Throws `usage` where nobody can be asked. */
export function promptFor(options: ImportOptions, context: Context, what: string): Prompt | undefined {
	if (options.yes || options.dryRun) return undefined;
	const prompt = context.prompt(takesInput(options));
	if (prompt === undefined)
		throw usage(`there is no terminal to ask whether to ${what}`, `add --yes to ${what} without being asked`);
	return prompt;
}

/**
 * Lists what can be closed on this machine and what is left, and closes what is agreed to, a file after the other. What
 * can't be closed does not stop the others. Throws `usage`, `cancelled`, and the code of the first that failed.
 */
export async function runClose(options: ImportOptions, context: Context): Promise<void> {
	const prompt = promptFor(options, context, 'close');
	const vault = await openVault(options, context, takesInput(options));
	try {
		const machine = await context.closing(vaultWords(options, context.environment, vault.path));
		if (!options.dryRun) await settle(vault, machine, context);
		const steps = await planned(options, vault, machine, context);
		const closable = steps.filter(each => each.closing !== undefined);
		tellPlan(steps, options, context);
		if (options.dryRun || closable.length === 0) return;
		await closeAll(closable, prompt, vault, machine, context);
	} finally {
		await vault.close();
	}
}

async function planned(
	{paths, from, closeEnv}: ImportOptions,
	vault: Vault,
	machine: ClosingMachine,
	context: Context,
): Promise<readonly Step[]> {
	const [{look}, world, content] = await Promise.all([import('../look/look.js'), context.importWorld(), vault.read()]);
	return planClosing({look: await look(paths, world, from), content, closesEnv: closeEnv}, machine, world);
}

/** Settles what an earlier run was interrupted in, and says what can't be. */
export async function settle(
	vault: Vault,
	machine: ClosingMachine,
	context: Pick<Context, 'now' | 'stderr'>,
): Promise<void> {
	for (const {closed, why, instead} of await settleClosed(vault, machine, context.now)) {
		const how = instead ?? `\`pharmer import --reopen --force ${readableWord(closed.path)}\` puts it there`;
		const has = closed.old === undefined ? '' : 'the vault has its old text. ';
		warn(context, `closing \`${closed.path}\` was interrupted, and it ${why}: ${has}${how}`);
	}
}

function tellPlan(steps: readonly Step[], {dryRun}: ImportOptions, context: Context): void {
	const write = dryRun
		? (line: string) => context.stdout.write(`${visible(line)}\n`)
		: (line: string) => tell(context, line);
	// What can be closed is shown with its question.
	for (const each of steps)
		if (dryRun || each.closing === undefined) for (const line of textOf(each, widthOf(context))) write(line);
	const closable = steps.filter(({closing}) => closing !== undefined).length;
	const left = steps.length - closable;
	if (steps.length === 0) tell(context, 'no file with credentials was found');
	else
		tell(
			context,
			`${plural(closable, 'file')} can be closed, ${left} ${left === 1 ? 'is' : 'are'} left as ${left === 1 ? 'it is' : 'they are'}`,
		);
}

/** How wide lines may be. */
function widthOf({stdout: {isTTY = false, columns}}: Context): number {
	return isTTY ? (columns ?? 80) : Number.POSITIVE_INFINITY;
}

/** A step in lines that fit, each word of it with its text. */
function textOf(step: Step, width: number): readonly string[] {
	const lines = stepLines(step).flatMap(([word, text]) =>
		wrapped(text, width, indent).map((line, at) => `${(at === 0 ? `  ${word}` : '').padEnd(indent)}${line}`),
	);
	return [step.path, ...lines];
}

async function closeAll(
	steps: readonly ClosingStep[],
	prompt: Prompt | undefined,
	vault: Vault,
	machine: ClosingMachine,
	context: Context,
): Promise<void> {
	const closed: ClosingStep[] = [];
	let failed: ErrorCode | undefined;
	try {
		for (const step of steps) {
			for (const line of textOf(step, widthOf(context))) tell(context, line);
			if (prompt !== undefined && !(await agreesOrQuits(prompt, 'Close it?', () => cancelledText(closed)))) continue;
			try {
				await closeFile(step, vault, machine, context.now);
				closed.push(step);
				tell(context, `closed \`${step.path}\``);
			} catch (error) {
				if (!(error instanceof PharmerError)) throw error;
				failed ??= error.code;
				warn(context, error.hint === undefined ? error.message : `${error.message}: ${error.hint}`);
			}
		}
	} finally {
		tellExposed(closed, context);
	}
	if (failed !== undefined) throw new PharmerError(failed, 'not every file could be closed', 'the reasons are above');
}

function cancelledText(closed: readonly ClosingStep[]): string {
	return closed.length === 0
		? 'cancelled: no file was closed'
		: `cancelled: ${plural(closed.length, 'file')} closed before`;
}

/** Says of each key that it has lain in clear: who read it meanwhile still has it. */
function tellExposed(closed: readonly ClosingStep[], context: Context): void {
	if (closed.length === 0) return;
	tell(context, 'these have lain in clear, and whoever read them still has them: make new ones, and revoke these');
	for (const {name, revoke} of exposedBy(closed))
		tell(context, `  ${name}${revoke === undefined ? '' : `: ${revoke}`}`);
	tell(context, '`pharmer import --reopen` puts the files back; the vault keeps their old text for 30 days');
}
