import {parsePeriod} from '../domain/duration.js';
import type {ProviderOptions} from './at-provider.js';
import {command, type Given} from './command.js';
import type {Context} from './context.js';
import {switchFlag, valueFlag} from './flag.js';
import {picking} from './picking.js';
import {providerFlags, readProviderFlags, withFlag} from './provider-flags.js';
import {usage} from './talk.js';

export type RotateOptions = ProviderOptions & {
	/** With `all` none. */
	readonly names: readonly string[];
	readonly all: boolean;
	/** Only those whose secret is so old, in seconds; undefined without `--older-than`. */
	readonly olderThan: number | undefined;
	/** What is done about what is under way; a new rotation begins otherwise. */
	readonly goesOn: 'resume' | 'undo' | undefined;
	/** How long the old key is kept, in seconds; undefined without a flag. */
	readonly grace: number | undefined;
	/** The name of the credential that signs. */
	readonly admin: string | undefined;
	readonly yes: boolean;
};

const graceFlag = valueFlag(
	'--grace <time>',
	'how long the old key is kept, such as 24h (the default), 7d or 0',
	parsePeriod,
);
const nowFlag = switchFlag('--now', 'do not keep the old key: delete it as soon as the new one works');
const resumeFlag = switchFlag('--resume', 'go on with what was begun');
const undoFlag = switchFlag('--undo', 'take back what was begun, as long as the old key is there');
const allFlag = switchFlag('--all', 'all that are older than --older-than, or, with --resume, all that wait');
const olderFlag = valueFlag('--older-than <time>', 'with --all: those whose secret is older, such as 90d', parsePeriod);
const adminFlag = withFlag('sign with another credential, which may make and delete keys');
const yesFlag = switchFlag('-y, --yes', 'begin, or go on, without asking');

const runRotate = async (options: RotateOptions, context: Context): Promise<number> =>
	(await import('./rotating.js')).runRotate(options, context);

const pickAndRotate = picking('rotate', runRotate, '`pharmer get credentials` lists what there is');

function readRotate(given: Given): RotateOptions {
	const {operands: names} = given;
	const [isAll, isResume, isUndo, isNow] = [allFlag, resumeFlag, undoFlag, nowFlag].map(flag => given.has(flag));
	const [olderThan, grace] = [given.value(olderFlag), given.value(graceFlag)];
	if (isAll && names.length > 0) throw usage("`--all` and a name can't be used together", 'leave one of them out');
	if (isResume && isUndo) throw usage("`--resume` and `--undo` can't be used together", 'leave one of them out');
	if (isNow && grace !== undefined)
		throw usage("`--now` and `--grace` can't be used together", 'leave one of them out');
	if (isUndo && (isAll || isNow)) throw usage('`--undo` takes one name', 'such as `pharmer rotate NAME --undo`');
	if (isAll && !isResume && olderThan === undefined)
		throw usage('`--all` takes `--older-than` or `--resume`', 'such as `pharmer rotate --all --older-than 90d`');
	if (olderThan !== undefined && (!isAll || isResume)) throw usage('`--older-than` goes with `--all`');
	if (isResume && grace !== undefined) throw usage('`--grace` is for a new rotation', '`--now` ends the grace');
	return {
		...readProviderFlags(given),
		names,
		all: isAll === true,
		olderThan,
		goesOn: isUndo ? 'undo' : isResume ? 'resume' : undefined,
		grace: isNow ? 0 : grace,
		admin: given.value(adminFlag),
		yes: given.has(yesFlag),
	};
}

export const rotate = command<RotateOptions>({
	verb: 'rotate',
	summary: 'replace a key at its provider by a new one, and delete the old one later',
	usage: 'rotate NAME [flags]',
	description:
		'Makes a new key, stores it, asks the provider whether it works, switches the old one off and deletes it when the grace is over. Each step is written into the vault before the next one: what is stopped anywhere goes on with --resume. Without an API for that it shows the steps and takes the new secret.',
	examples: [
		['pharmer rotate prod', 'shows what uses it, asks, and replaces its key'],
		['pharmer rotate prod --resume', 'goes on: deletes the old key once the grace is over'],
		['pharmer rotate prod --undo', 'makes the old key work again, and deletes the new one'],
		['pharmer rotate --all --older-than 90d', 'one after the other, after one question'],
		['pharmer rotate --resume --all --yes', 'for cron: whatever waits'],
	],
	hasNoun: true,
	operand: {name: 'NAME', least: 0, most: 1, help: 'the credential; when left out, you pick one'},
	more: [
		'Until the old key is gone, the fields of the credential can not be changed otherwise; its name, labels and note can.',
		'Nothing is deleted by itself: what waits is listed by `pharmer health`, `pharmer status` and the app.',
	],
	picks: true,
	flags: [graceFlag, nowFlag, resumeFlag, undoFlag, adminFlag, allFlag, olderFlag, yesFlag, ...providerFlags],
	otherWords: ['roll', 'renew', 'regenerate'],
	read: readRotate,
	run: (options, context) => (options.all ? runRotate : pickAndRotate)(options, context),
});
