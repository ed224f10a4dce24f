import {Unreachable} from '../../source/domain/exchange.js';
import type {Network} from '../../source/network/network.js';

/** A network's way to storages where there are none. */
export const noStorage: Network['askStorage'] = () => async () => {
	throw new Unreachable('there is no storage');
};
