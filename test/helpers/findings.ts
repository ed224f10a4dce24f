import {checkData, checkField} from '../../source/credentials/check.js';
import type {Provider} from '../../source/providers/provider.js';
import {secrets} from '../documents/samples.js';

/** What is wrong or odd about one value of a provider's field, on one line; empty when nothing is. */
export function oddityOf(provider: Provider, field: string, value: string): string {
	const finding = checkField(provider, field, value);
	return finding === undefined ? '' : `${finding.severity}: ${finding.message}`;
}

/** What is wrong or odd about a provider's data, each on one line. */
export function findingsOf(provider: Provider, data: Readonly<Record<string, string>>): readonly string[] {
	return checkData(provider, secrets(data)).map(({severity, field, message}) => `${severity} ${field}: ${message}`);
}
