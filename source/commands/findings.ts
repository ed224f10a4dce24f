import {checkData} from '../credentials/check.js';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import type {Finding, Provider} from '../providers/provider.js';
import type {Context} from './context.js';
import {tell, warn} from './talk.js';

/** A finding as a line: its field and message. */
export function findingText(finding: Finding): string {
	return finding.field === '' ? finding.message : `${finding.field}: ${finding.message}`;
}

/**
 * Reports everything wrong or odd about a credential's data on standard error. Throws `invalid` when something is
 * wrong, or when it is odd and `force` is not set. A value that is too large for a field passes if `stored` already has
 * it.
 */
export function assertKeepable(
	provider: Provider,
	data: ReadonlyMap<string, Secret>,
	force: boolean,
	context: Pick<Context, 'stderr'>,
	stored: ReadonlyMap<string, Secret> = new Map(),
): void {
	const findings = checkData(provider, data, stored);
	const wrong = findings.filter(finding => finding.severity === 'wrong');
	const odd = findings.filter(finding => finding.severity === 'odd');
	for (const finding of odd) warn(context, findingText(finding));
	if (wrong.length === 0 && (odd.length === 0 || force)) return;
	for (const finding of wrong) tell(context, `wrong: ${findingText(finding)}`);
	throw wrong.length > 0
		? new PharmerError(
				'invalid',
				`these are not the fields of a credential for \`${provider.id}\``,
				'correct what is named above',
			)
		: new PharmerError(
				'invalid',
				`this does not look like a credential for \`${provider.id}\``,
				'correct what is named above, or run it again with --force to keep it as it is',
			);
}
