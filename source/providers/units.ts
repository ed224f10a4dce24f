import {fieldOf, findProvider} from './catalog.js';

/** The unit of what signs in. */
export const signingIn = '';

/** The unit that a field of a provider's credential belongs to. All fields of an unknown or open provider are one. */
export function unitOf(providerId: string, key: string): string {
	const provider = findProvider(providerId);
	if (provider === undefined || provider.open) return signingIn;
	const {unit, setting} = fieldOf(provider, key);
	return unit ?? (setting === true ? key : signingIn);
}
