import {PharmerError} from './errors.js';
import {plural} from './words.js';

const form = /^(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s)?$/;

/** Parses a duration such as `8h`, `90m` or `1h30m`, in seconds. Throws `usage` for any other text, and for none. */
export function parseDuration(text: string): number {
	const [, hours = 0, minutes = 0, seconds = 0] = form.exec(text) ?? [];
	const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
	if (total > 0) return total;
	throw new PharmerError('usage', `\`${text}\` is not a time`, 'write it as 8h, 30m or 1h30m');
}

/** A number of seconds in words, in its two largest units: `2 hours 5 minutes`, `45 seconds`. */
export function durationText(seconds: number): string {
	const whole = Math.max(0, Math.ceil(seconds));
	if (whole < 60) return plural(whole, 'second');
	const minutes = Math.ceil(whole / 60);
	const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
	return [hours && plural(hours, 'hour'), rest && plural(rest, 'minute')].filter(Boolean).join(' ');
}

/** The same for a time that may also be days, such as `90d`, or `0`. */
export function parsePeriod(text: string): number {
	const [, days] = /^(\d{1,4})d$/.exec(text) ?? [];
	if (days !== undefined) return Number(days) * 86_400;
	if (text === '0' || form.test(text)) return text === '0' ? 0 : parseDuration(text);
	throw new PharmerError('usage', `\`${text}\` is not a time`, 'write it as 7d, 24h or 30m');
}
