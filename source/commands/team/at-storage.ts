import {PharmerError} from '../../domain/errors.js';
import {Unreachable} from '../../domain/exchange.js';
import {isOffline} from '../../domain/offline.js';
import type {TeamReach} from '../../tasks/team/team-world.js';
import type {Context} from '../context.js';

/**
 * Works with the storage of a shared vault, and closes it. Throws `network` offline and where the storage can't be
 * reached, `interrupted` when it was stopped, and what `open` and `work` throw.
 */
export async function atStorage<World, Result>(
	context: Context,
	open: (reach: TeamReach) => Promise<World>,
	work: (world: World) => Promise<Result>,
): Promise<Result> {
	assertOnline(context);
	const {reach, signal, close} = await context.team();
	try {
		return await work(await open(reach));
	} catch (error) {
		if (signal.aborted) throw new PharmerError('interrupted', 'it was stopped', 'nothing is lost: run it again');
		throw asNetwork(error);
	} finally {
		close();
	}
}

/** Throws `network` when nothing may be connected. */
export function assertOnline({environment}: Pick<Context, 'environment'>): void {
	if (isOffline(environment))
		throw new PharmerError('network', 'nothing is asked offline', 'leave PHARMER_OFFLINE out');
}

/** The error for a storage that did not answer, as commands end with it; any other as it is. */
export function asNetwork(error: unknown): unknown {
	return error instanceof Unreachable
		? new PharmerError('network', error.message, 'nothing is lost; try again later')
		: error;
}
