import {hostname, userInfo} from 'node:os';

/** What people would call this device: `USER-HOST`, of letters and digits as a name has them; `device` at worst. */
export function deviceName(): string {
	const text = [userName(), hostname().split('.')[0]].join('-');
	const parts = text.match(/[A-Za-z0-9]+/g) ?? [];
	return parts.join('-').slice(0, 63) || 'device';
}

function userName(): string {
	try {
		return userInfo().username;
	} catch {
		// A user id that the system has no name for.
		return 'user';
	}
}
