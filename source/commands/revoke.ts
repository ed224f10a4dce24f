import type {ProviderOptions} from './at-provider.js';
import {command, type Given} from './command.js';
import {switchFlag} from './flag.js';
import {picking} from './picking.js';
import {ownKeyFlags, readProviderFlags, withFlag} from './provider-flags.js';
import {usage} from './talk.js';

export type RevokeOptions = ProviderOptions & {
	readonly names: readonly string[];
	/** The name of the credential that signs. */
	readonly admin: string | undefined;
	/** What was begun is left, and the key works on. */
	readonly isBack: boolean;
	readonly yes: boolean;
};

const adminFlag = withFlag('sign with another credential, which may delete keys');
const undoFlag = switchFlag('--undo', 'let the key be after all, as long as it is not deleted');
const yesFlag = switchFlag('-y, --yes', 'revoke without asking');

function readRevoke(given: Given): RevokeOptions {
	const [admin, isBack] = [given.value(adminFlag), given.has(undoFlag)];
	if (isBack && admin !== undefined)
		throw usage("`--undo` and `--with` can't be used together", 'leave one of them out');
	return {...readProviderFlags(given), names: given.operands, admin, isBack, yes: given.has(yesFlag)};
}

export const revoke = command<RevokeOptions>({
	verb: 'revoke',
	summary: 'delete a key at its provider for good, and move the credential to the trash',
	usage: 'revoke NAME [flags]',
	description:
		'Shows what is known to use the key, asks for its name, and deletes it at its provider: nobody can bring it back. Where another credential signs, and the provider can, it is switched off first. Then the credential goes to the trash. Without an API for that it shows the page where you do it.',
	examples: [
		['pharmer revoke old-aws', 'the key signs for its own end'],
		['pharmer revoke leaked --with admin', 'another credential of the account deletes it'],
		['pharmer revoke old-aws --yes', 'in a script'],
	],
	hasNoun: true,
	operand: {name: 'NAME', least: 0, most: 1, help: 'the credential; when left out, you pick one'},
	more: ['What is stopped anywhere goes on when it is run again.'],
	picks: true,
	flags: [adminFlag, undoFlag, yesFlag, ...ownKeyFlags],
	otherWords: ['invalidate', 'deactivate', 'disable'],
	read: readRevoke,
	run: picking('revoke', async (options, context) => (await import('./revoking.js')).runRevoke(options, context)),
});
