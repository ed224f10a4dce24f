import {command, type Given} from './command.js';
import type {Context} from './context.js';
import {choiceFlag, switchFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {picking} from './picking.js';
import {usage} from './talk.js';

const formats = ['table', 'json'] as const;

export type VerifyOptions = GlobalOptions & {
	/** All credentials when empty. */
	readonly names: readonly string[];
	readonly output: (typeof formats)[number];
	/** Ask at addresses that variables or the credentials themselves name. */
	readonly endpointFromEnv: boolean;
	readonly offline: boolean;
	/** The name was left out, and is picked. */
	readonly picks: boolean;
};

const outputFlag = choiceFlag('-o, --output <format>', formats, 'is not an output format');
const allFlag = switchFlag('--all', 'ask about every credential');
const endpointFlag = switchFlag(
	'--endpoint-from-env',
	'ask also at addresses that a variable such as AWS_ENDPOINT_URL, or the credential, names',
);
const offlineFlag = switchFlag('--offline', 'open no connection (or set PHARMER_OFFLINE=1)');

const runVerify = async (options: VerifyOptions, context: Context): Promise<number> =>
	(await import('./verifying.js')).runVerify(options, context);

const pickAndVerify = picking('ask about', runVerify, '`pharmer verify --all` asks about every credential');

function readVerify(given: Given): VerifyOptions {
	const {operands: names, globals} = given;
	const isAll = given.has(allFlag);
	if (isAll && names.length > 0) throw usage("`--all` and names can't be used together", 'leave one of them out');
	return {
		...globals,
		names,
		output: given.value(outputFlag) ?? 'table',
		endpointFromEnv: given.has(endpointFlag),
		offline: given.has(offlineFlag),
		picks: !isAll && names.length === 0,
	};
}

export const verify = command<VerifyOptions>({
	verb: 'verify',
	summary: 'ask providers whether credentials work, and whose they are',
	usage: 'verify [NAME...] [flags]',
	description:
		'Asks the provider of each credential whether it works, whose it is and when it ends. Nothing is changed there. The vault keeps the newest answer.',
	examples: [
		['pharmer verify aws', 'whether it works, and whose it is'],
		['pharmer verify --all', 'about every credential, eight at a time'],
		['pharmer verify --all -o json', 'for another program'],
	],
	hasNoun: true,
	operand: {
		name: 'NAME',
		least: 0,
		most: Number.POSITIVE_INFINITY,
		help: 'the credentials to ask about; when left out, you pick one',
	},
	more: [
		'An answer is valid, limited (it works, and may not do what was asked), invalid, expired, disabled, unreachable, unsupported or unknown.',
		'Each provider is asked at its own hosts only. Another address is asked with --endpoint-from-env, or after a question; what it answers is not kept.',
		'HTTPS_PROXY, NO_PROXY and NODE_EXTRA_CA_CERTS are honoured.',
		'It ends with 10 when one is invalid, expired or disabled, else with 11 when one is unreachable.',
	],
	picks: true,
	flags: [outputFlag, allFlag, endpointFlag, offlineFlag],
	otherWords: ['check', 'test', 'whoami', 'validate'],
	read: readVerify,
	run: (options, context) => (options.picks ? pickAndVerify : runVerify)(options, context),
});
