import {type Name, parseName} from '../domain/name.js';
import {enumerated} from '../domain/words.js';
import {parseProvider} from '../providers/catalog.js';
import {issuerIds} from '../providers/issuer-ids.js';
import type {Provider} from '../providers/provider.js';
import type {ProviderOptions} from './at-provider.js';
import {command, type Given} from './command.js';
import {listFlag, parsePath, switchFlag, textFlag, valueFlag} from './flag.js';
import {issueFlags, readProviderFlags, withFlag} from './provider-flags.js';
import {usage} from './talk.js';

export type IssueOptions = ProviderOptions & {
	readonly name: Name;
	readonly provider: Provider | undefined;
	/** The name of the credential that signs. */
	readonly admin: string | undefined;
	/** What the identity is called at the provider, and what it may do. */
	readonly identity: string | undefined;
	readonly policies: readonly string[] | undefined;
	/** Another name for what is under way. */
	readonly newName: Name | undefined;
	/** What was made is taken back. */
	readonly isBack: boolean;
	readonly yes: boolean;
};

const providerFlag = textFlag('-p, --provider <id>', 'where it is made; that of --with when left out');
const adminFlag = withFlag('the credential that signs, which may make users and keys');
const userFlag = textFlag('--user <name>', 'what it is called at the provider, instead of `pharmer`');
const policyFlag = listFlag(
	'--policy <policy>',
	'what it may do, instead of what clusters need: an ARN or a file for aws, a name elsewhere; again for more',
	parsePath('--policy'),
);
const nameFlag = valueFlag('--name <name>', 'keep what is under way under another name', parseName);
const undoFlag = switchFlag('--undo', 'take back what was made, last first');
const yesFlag = switchFlag('-y, --yes', 'make it, or take it back, without asking');

function readIssue(given: Given): IssueOptions {
	const [provider, admin, identity] = [given.value(providerFlag), given.value(adminFlag), given.value(userFlag)];
	const [policies, newName, isBack] = [given.value(policyFlag), given.value(nameFlag), given.has(undoFlag)];
	if (isBack && (identity ?? policies ?? newName) !== undefined)
		throw usage('`--undo` takes back what was begun, as it was begun', 'leave `--user`, `--policy` and `--name` out');
	return {
		...readProviderFlags(given),
		name: parseName(given.operand),
		provider: provider === undefined ? undefined : parseProvider(provider),
		admin,
		identity,
		policies,
		newName,
		isBack,
		yes: given.has(yesFlag),
	};
}

export const issue = command<IssueOptions>({
	verb: 'issue',
	summary: 'make a dedicated user with a key at a provider, and store that',
	usage: 'issue NAME [flags]',
	description:
		'Makes an identity of its own and its key with another credential, asks the provider whether the key works, and stores it. It says what it will make, and asks. What somebody else made is never changed without a yes.',
	examples: [
		['pharmer issue work -p aws --with admin', 'group, policies, user and key, as the guide has it'],
		['pharmer issue dns --with admin --user dns --policy dns.json', 'with another name and a policy of yours'],
		['pharmer issue work', 'goes on with what was stopped'],
		['pharmer issue work --undo', 'takes back what was made'],
	],
	hasNoun: true,
	operand: {name: 'NAME', least: 1, most: 1, help: 'what the new credential will be called', offers: []},
	more: [
		`It can be done for ${enumerated([...issuerIds])}.`,
		'Run again with the same NAME it goes on: nothing is made twice.',
	],
	flags: [providerFlag, adminFlag, userFlag, policyFlag, nameFlag, undoFlag, yesFlag, ...issueFlags],
	otherWords: ['provision', 'generate', 'mint'],
	read: readIssue,
	run: async (options, context) => (await import('./issuing.js')).runIssue(options, context),
});
