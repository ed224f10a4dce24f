import {resolve} from 'node:path';
import {type ClosingStep, type FileStep, fileStepOf, type Step} from '../closing/step.js';
import type {Closing} from '../domain/closed-file.js';
import {PharmerError} from '../domain/errors.js';
import type {Vault} from '../vault/vault.js';
import {closeFile} from './close-file.js';
import {settleClosed} from './closed-state.js';
import type {ClosingMachine} from './closing-machine.js';
import {lookAround} from './look-around.js';
import type {Machine} from './machine.js';
import {planClosing} from './plan-closing.js';

/** A file that somebody chose among finds, and the kinds of the finds in it. */
type Chosen = {readonly path: string; readonly kinds: readonly string[]};

/** Where files are looked for and closed. */
export type ClosingDesk = {readonly machine: Machine; readonly closing: ClosingMachine};

/**
 * What closing the file would do, as it is now: it is looked for again where its tools keep theirs, or else by its
 * path. Values of .env files stay. Throws what `look()` throws, and `file` when nothing is found in it any more.
 */
export async function planClose(chosen: Chosen, vault: Vault, desk: ClosingDesk): Promise<FileStep> {
	return fileStepOf(await stepOf(chosen, vault, desk));
}

/** Closes it as `closeFile()` does, if that is still to be done in this way; `conflict` is thrown otherwise. */
export async function closeChosen(
	{closing, ...chosen}: Chosen & {readonly closing: Closing},
	vault: Vault,
	desk: ClosingDesk,
	now: () => Date,
): Promise<FileStep> {
	await settleClosed(vault, desk.closing, now);
	const step = await stepOf(chosen, vault, desk);
	if (!isOf(step, closing)) {
		throw new PharmerError('conflict', `\`${chosen.path}\` is another one by now`, 'look at it again');
	}
	await closeFile(step, vault, desk.closing, now);
	return fileStepOf(step);
}

function isOf(step: Step, closing: Closing): step is ClosingStep {
	return step.closing === closing;
}

async function stepOf({path, kinds}: Chosen, vault: Vault, {machine, closing}: ClosingDesk): Promise<Step> {
	const content = await vault.read();
	const whole = resolve(machine.expand(path));
	for (const paths of [[], [whole]]) {
		const look = await lookAround(paths, kinds, machine);
		const steps = await planClosing({look, content, closesEnv: false}, closing, machine.world);
		const step = steps.find(each => each.path === whole);
		if (step !== undefined) return step;
	}
	throw new PharmerError('file', `nothing is found in \`${path}\` any more`, 'look again');
}
