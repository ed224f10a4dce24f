import type {Credential} from '../domain/credential.js';
import {exitCodes, PharmerError} from '../domain/errors.js';
import {isOffline} from '../domain/offline.js';
import {type Consent, verdictCode} from '../domain/verdict.js';
import type {ForeignPlace} from '../tasks/foreign-place.js';
import {type Asked, notAsked, verifyAll} from '../tasks/verify.js';
import type {Vault} from '../vault/vault.js';
import {verdictsOf, withVerdicts} from '../vault/verdicts.js';
import {consentTo} from './consent.js';
import type {Context} from './context.js';
import {openVault} from './open-vault.js';
import {selectCredentials} from './selection.js';
import {tell} from './talk.js';
import {verdictJson, verdictTable} from './verdict-table.js';
import type {VerifyOptions} from './verify.js';

/**
 * Asks the providers, writes what they say to standard output, keeps it in the vault, and resolves to the exit code.
 * Throws `network` offline, `not-found`, and `usage` where somebody would have to agree and nobody is there.
 */
export async function runVerify(options: VerifyOptions, context: Context): Promise<number> {
	if (options.offline || isOffline(context.environment))
		throw new PharmerError('network', 'nothing is asked offline', 'leave `--offline` out, and PHARMER_OFFLINE');
	const vault = await openVault(options, context);
	try {
		const content = await vault.read();
		const credentials = selectCredentials(content, {names: options.names, provider: undefined});
		const known = verdictsOf(content)?.consents ?? [];
		const {places, refused, added, isDeclined} = await consentTo(
			credentials,
			{known, isAgreed: options.endpointFromEnv},
			context,
		);
		const {asked, stoppedWith} = await askAll(credentials, places, refused, context);
		const isOne = options.names.length === 1;
		context.stdout.write(
			options.output === 'json' ? verdictJson(asked, places, isOne) : verdictTable(asked, places, options, context),
		);
		if (credentials.length === 0)
			tell(context, 'there are no credentials yet: `pharmer create credential NAME` adds one');
		await keep(vault, asked, added, context);
		if (stoppedWith !== undefined) return stoppedWith;
		const code = verdictCode(asked.map(({is}) => is));
		return code === 0 && isDeclined ? exitCodes.cancelled : code;
	} finally {
		await vault.close();
	}
}

/** The answers in the credentials' order, and the exit code when it was stopped before all were there. */
type Answers = {readonly asked: readonly Asked[]; readonly stoppedWith: number | undefined};

/** Asks about all of them. What was answered before it is stopped counts. */
async function askAll(
	credentials: readonly Credential[],
	places: ReadonlyMap<Credential, ForeignPlace>,
	refused: ReadonlyMap<Credential, string>,
	context: Context,
): Promise<Answers> {
	const answers = new Map<Credential, Asked>();
	const now = (): number => context.now().getTime();
	for (const [credential, why] of refused) answers.set(credential, notAsked(credential, why, now()));
	const progress = progressOn(context, credentials.length);
	const {network, wait, signal, release} = await context.network();
	try {
		await verifyAll(
			credentials.filter(each => !refused.has(each)),
			{
				network,
				now,
				wait,
				signal,
				placeOf: credential => places.get(credential),
				onAsked(asked) {
					answers.set(asked.credential, asked);
					progress.show(answers.size);
				},
			},
		);
	} finally {
		progress.clear();
		network.close();
		release();
	}
	return {
		asked: credentials.flatMap(credential => answers.get(credential) ?? []),
		stoppedWith: signal.aborted ? Number(signal.reason) : undefined,
	};
}

/** A line that says how many were asked about, where somebody sees it. */
function progressOn({stderr}: Context, all: number) {
	const isSeen = stderr.isTTY === true && all > 0;
	const show = (count: number): void => {
		if (isSeen) stderr.write(`\r\u001b[Kasked about ${count} of ${all}`);
	};
	show(0);
	return {
		show,
		clear() {
			if (isSeen) stderr.write('\r\u001b[K');
		},
	};
}

/** Keeps in one write what providers themselves have decided, and what was agreed to. */
async function keep(
	vault: Vault,
	asked: readonly Asked[],
	consents: readonly Consent[],
	context: Context,
): Promise<void> {
	const verdicts = asked.filter(({isOfProvider}) => isOfProvider);
	if (verdicts.length === 0 && consents.length === 0) return;
	const isKept = await vault.change(content => ({
		content: withVerdicts(content, {verdicts, consents}),
		result: verdictsOf(content) !== undefined,
	}));
	if (!isKept) tell(context, 'the answers are not kept: a newer pharmer keeps them in this vault');
}
