import {type Plaintext, plaintextIn} from '../credentials/plaintext.js';
import {importers} from './importers.js';
import {lookAround} from './look.js';
import type {World} from './world.js';

/** Looks for what lies in clear in the files of every tool; the environment is no file. */
export async function lookForPlaintext(world: World): Promise<Plaintext> {
	const kinds = importers.map(({kind}) => kind);
	return plaintextIn((await lookAround(world, kinds)).found);
}
