import {randomBytes} from 'node:crypto';
import {PharmerError} from '../../domain/errors.js';
import {type Name, nameKey} from '../../domain/name.js';
import {seedBytes} from '../../team/log/member-keys.js';
import {knownIn} from '../../team/sync.js';
import {teamStateOf} from '../../team/team-state.js';
import {wordsFor} from '../../vault/keys/mnemonic.js';
import type {Content, Vault} from '../../vault/vault.js';
import type {Context} from '../context.js';
import {printed} from '../on-paper.js';
import {tell, usage} from '../talk.js';
import {assertOnline} from './at-storage.js';
import {intoNewFile} from './into-new-file.js';
import type {RecoveryOptions} from './recovery.js';
import {addRecovery, paper, recoveryName, tellPaper, writtenSeed} from './recovery-member.js';
import {inTeam, withOwn} from './run-add.js';

/** Makes the recovery member of a shared vault. Throws `exists`, `cancelled`, `file`, and as `add()` does. */
export async function runRecovery(options: RecoveryOptions, context: Context): Promise<void> {
	assertOnline(context);
	const {to, name = recoveryName} = options;
	const prompt = context.prompt(options.passphraseFd === 0);
	if (to === undefined && prompt === undefined)
		throw usage(
			'there is no terminal to show the recovery words on',
			'`--to FILE` writes them to a file to be printed',
		);
	await withOwn(options, context, async vault => {
		assertNone(await vault.read(), name);
		if (to === undefined) {
			if (prompt === undefined) return;
			const seed = await writtenSeed(prompt, context);
			tellPaper(await inTeam(vault, context, world => addRecovery(world, seed, name)), context);
		} else await onPage(vault, to, name, context);
		tell(context, `added \`${name}\` as admin`);
	});
}

/** Throws `exists` where there is such a member, before anybody writes words down. */
function assertNone(content: Content, name: Name): void {
	knownIn(content);
	const {members = []} = teamStateOf(content, undefined, undefined) ?? {};
	if (!members.some(each => nameKey(each.name) === nameKey(name))) return;
	throw new PharmerError(
		'exists',
		`there are recovery words already: the member \`${name}\``,
		`\`pharmer team remove ${name}\` first, if they are lost; or give another name: \`--name NAME\``,
	);
}

/** The same with a page to print. */
async function onPage(vault: Vault, to: string, name: Name, context: Context): Promise<void> {
	await intoNewFile(to, async () => {
		const seed = randomBytes(seedBytes);
		const words = wordsFor(seed).split(' ');
		const invitation = await inTeam(vault, context, world => addRecovery(world, seed, name));
		return `${[...printed(paper(words)), '', `Number: ${invitation.seq}`, `Words:  ${invitation.words}`].join('\n')}\n`;
	});
	tell(context, `wrote the recovery words to \`${to}\`: print them, then remove the file`);
}
