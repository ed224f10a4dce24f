import type {Times} from '../domain/credential.js';

/** Since when a credential's secret, all of its fields, is what it is (RFC 3339). */
export function secretSince({changed, secretSince = changed}: Times): string {
	return secretSince;
}

/** For how many whole days it is what it is. */
export function secretDays(times: Times, now: Date): number {
	return Math.floor((now.getTime() - Date.parse(secretSince(times))) / 86_400_000);
}
