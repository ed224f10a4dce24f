import {publicId} from '../credentials/public-id.js';
import {daysKept, newestFirst, purgedAt} from '../credentials/trash.js';
import {type TrashedCredential, trashDays} from '../domain/credential.js';
import {shortId} from '../domain/mask.js';
import {ago, timestamp} from '../domain/time.js';
import {plural} from '../domain/words.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {choiceFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {readVault} from './read-vault.js';
import {tell} from './talk.js';

const formats = ['table', 'json', 'yaml', 'name'] as const;

type TrashOptions = GlobalOptions & {readonly output: (typeof formats)[number]};

const outputFlag = choiceFlag('-o, --output <format>', formats, 'is not an output format');

export const trash = command<TrashOptions>({
	verb: 'trash',
	summary: 'list deleted credentials',
	usage: 'trash [flags]',
	description: `Lists what was deleted, the last first: when, and for how many of the ${trashDays} days it still stays. No format shows a secret.`,
	examples: [
		['pharmer trash', 'what can be brought back'],
		['pharmer restore prod', 'bring one back'],
		['pharmer trash -o json', 'for another program'],
	],
	flags: [outputFlag],
	otherWords: ['bin', 'deleted'],
	read: given => ({...given.globals, output: given.value(outputFlag) ?? 'table'}),
	run: runTrash,
});

/** Writes the deleted credentials to standard output. */
async function runTrash(options: TrashOptions, context: Context): Promise<void> {
	const rows = newestFirst((await readVault(options, context)).trash);
	const text = await render(rows, options, context);
	if (text !== '') context.stdout.write(text);
	if (options.output !== 'table') return;
	tell(
		context,
		rows.length === 0
			? `nothing is in the trash: what is deleted stays there for ${trashDays} days`
			: '`pharmer restore NAME` brings one back',
	);
}

async function render(
	rows: readonly TrashedCredential[],
	{output, color}: TrashOptions,
	context: Context,
): Promise<string> {
	if (output === 'name') return rows.map(({name}) => `${name}\n`).join('');
	if (output !== 'table') {
		const {renderRecords} = await import('./records.js');
		return renderRecords(
			rows.map(each => ({
				name: each.name,
				provider: each.provider,
				deleted: each.deleted,
				purged: timestamp(purgedAt(each)),
			})),
			output,
		);
	}
	if (rows.length === 0) return '';
	const [{renderTable}, {usesColor}] = await Promise.all([
		import('./text-table.js'),
		import('../platform/terminal.js'),
	]);
	const now = context.now();
	const table = renderTable(
		['NAME', 'PROVIDER', 'ID', 'DELETED', 'STAYS'],
		rows.map(each => [
			each.name,
			each.provider,
			shortId(publicId(each)),
			ago(each.deleted, now),
			plural(daysKept(each, now), 'day'),
		]),
		usesColor(context.environment, context.stdout.isTTY === true, color),
	);
	return context.unicode ? table : table.replaceAll('…', '~');
}
