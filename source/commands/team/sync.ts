import {exitCodes} from '../../domain/errors.js';
import type {Name} from '../../domain/name.js';
import {command} from '../command.js';
import type {GlobalOptions} from '../global-options.js';
import {withFlag} from './team-flags.js';

export type SyncOptions = GlobalOptions & {readonly with: Name | undefined};

export const teamSync = command<SyncOptions>({
	verb: 'team sync',
	summary: 'take in what others have shared, and share what is new here',
	usage: 'team sync [flags]',
	description:
		'Takes in what others have shared, and shares what is new here. It ends the same when it was stopped and is run again.',
	examples: [
		['pharmer team sync', 'now; the app and the agent do it once a minute while the vault is unlocked'],
		['pharmer team sync --with bucket', 'and sign in at the storage with this credential from now on'],
	],
	more: [
		`It ends with ${exitCodes.conflict} when both sides have changed the same: \`pharmer team conflicts\`; with ${exitCodes.refused} when this device was removed.`,
	],
	flags: [withFlag],
	otherWords: ['sync', 'push', 'pull'],
	read: given => ({...given.globals, with: given.value(withFlag)}),
	run: async (options, context) => (await import('./run-sync.js')).runSync(options, context),
});
