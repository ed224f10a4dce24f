import {type TrashedCredential, trashDays} from '../domain/credential.js';

const dayMs = 86_400_000;

/** The trash, what was deleted last first. */
export function newestFirst(trash: readonly TrashedCredential[]): readonly TrashedCredential[] {
	return trash.toReversed().sort((a, b) => (a.deleted === b.deleted ? 0 : a.deleted < b.deleted ? 1 : -1));
}

/** Days until a credential is purged from the trash. */
export function daysKept({deleted}: TrashedCredential, now: Date): number {
	return Math.max(0, trashDays - Math.floor((now.getTime() - Date.parse(deleted)) / dayMs));
}

/** When a credential is purged from the trash. */
export function purgedAt({deleted}: TrashedCredential): Date {
	return new Date(Date.parse(deleted) + trashDays * dayMs);
}
