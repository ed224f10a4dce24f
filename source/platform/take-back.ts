import process from 'node:process';
import type {Environment} from '../domain/environment.js';
import type {Clearing} from './clearing.js';
import {clipboardWays} from './clipboard-choice.js';
import {inTime, type Step, type Taken} from './clipboard-way.js';
import {writeToDevice} from './terminal-device.js';
import {runTool, toolEnvironment} from './tool.js';

/** The environment of a clearing, from this process's. */
export function clearingEnvironment(environment: Environment, platform: NodeJS.Platform): Record<string, string> {
	const {STY} = environment;
	return {...toolEnvironment(environment, platform), ...(STY !== undefined && {STY})};
}

/** Takes away what was copied if it is still there; see `Way.take()`. Never throws. */
export async function takeBack({way: id, ours, environment, terminal}: Clearing): Promise<Taken> {
	const way = clipboardWays(environment, process.platform).find(each => each.id === id);
	if (way === undefined) return 'failed';
	const take = async (step: Step): Promise<Buffer | undefined> => {
		if (!('terminal' in step)) return runTool(step, environment).catch(() => undefined);
		try {
			if (terminal === undefined) return undefined;
			writeToDevice(terminal, step.terminal);
			return Buffer.alloc(0);
		} catch {
			return undefined;
		}
	};
	return inTime(way.take(ours), take);
}
