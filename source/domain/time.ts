import {plural} from './words.js';

/** A moment as RFC 3339 in UTC, to the second: `2019-04-04T09:33:32Z`. */
export function timestamp(moment: Date): string {
	return `${moment.toISOString().slice(0, 19)}Z`;
}

/** The form of `timestamp()`. Group 1 is the date; group 2 is set for days 29 to 31, which not every month has. */
const form = /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8]|(29|3[01])))T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

/** Whether `text` is what `timestamp()` writes for some moment. */
export function isTimestamp(text: string): boolean {
	const [, day, late] = form.exec(text) ?? [];
	return day !== undefined && (late === undefined || parseDate(day) !== undefined);
}

/** An RFC 3339 date-time with a zone as the same moment in UTC, to the second; undefined for any other text. */
export function parseTimestamp(text: string): string | undefined {
	if (!/^\d{4}-\d\d-\d\d[Tt ]([01]\d|2[0-3]):\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text)) return undefined;
	const moment = new Date(text.replace(' ', 'T').toUpperCase());
	if (Number.isNaN(moment.getTime()) || parseDate(text.slice(0, 10)) === undefined) return undefined;
	// In UTC it may fall before the year 0 or after 9999, which RFC 3339 can't write.
	return /^\d{4}-/.test(moment.toISOString()) ? timestamp(moment) : undefined;
}

/**
 * A moment as tools write it, as RFC 3339 in UTC, to the second; undefined for any other text. A number counts seconds
 * (aliyun-cli, profile.go, sts_expiration) or milliseconds (`aws sso get-role-credentials`) since 1970. Without a zone
 * it is in UTC (aws-mfa).
 */
export function parseMoment(text: string): string | undefined {
	if (/^\d{10}(?:\d{3})?$/.test(text)) return timestamp(new Date(Number(text) * (text.length === 10 ? 1000 : 1)));
	const form = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d(?:\.\d{1,9})?) ?(?:Z|z|UTC|([+-]\d\d):?(\d\d)(?: UTC)?)?$/;
	const [, day, time, hours, minutes] = form.exec(text) ?? [];
	return day && parseTimestamp(`${day}T${time}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`);
}

/** `text` when it is a date that exists, such as `2027-01-31`; otherwise undefined. */
export function parseDate(text: string): string | undefined {
	if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
	const moment = new Date(`${text}T00:00:00Z`);
	// The 31st of a month of thirty days is the 1st of the next one.
	return moment.getUTCDate() === Number(text.slice(8)) ? text : undefined;
}

/** Units of time with their lengths in seconds, and how they are written where there is little room. */
const units = [
	['year', 365 * 86_400, 'y'],
	['month', 30 * 86_400, 'mo'],
	['week', 7 * 86_400, 'w'],
	['day', 86_400, 'd'],
	['hour', 3600, 'h'],
	['minute', 60, 'm'],
] as const;

/** A moment (RFC 3339 in UTC) for a person, to the minute: `2026-12-01 10:30 UTC`. */
export function minute(moment: string): string {
	return `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`;
}

/** How long ago `since` (RFC 3339) was, as a count of the largest unit that it fills; undefined below a minute. */
function wholeUnits(since: string, now: Date) {
	const seconds = (now.getTime() - Date.parse(since)) / 1000;
	for (const unit of units) {
		if (seconds >= unit[1]) return {count: Math.floor(seconds / unit[1]), unit: unit[0], short: unit[2]};
	}
	return undefined;
}

/** How long ago `since` (RFC 3339) was, in the largest whole unit: `3 weeks`, `1 day`, `just now`. */
export function age(since: string, now: Date): string {
	const {count = 0, unit} = wholeUnits(since, now) ?? {};
	return unit === undefined ? 'just now' : plural(count, unit);
}

/** `age()` in at most four cells below a hundred years: `20m`, `3mo`, `now`. */
export function shortAge(since: string, now: Date): string {
	const {count, short} = wholeUnits(since, now) ?? {};
	return short === undefined ? 'now' : `${count}${short}`;
}

/** A length of time in seconds, roughly: `less than a second`, `about 3 hours`. */
export function roughTime(seconds: number): string {
	if (seconds < 1) return 'less than a second';
	const [unit, length] = units.find(([, length]) => seconds >= length) ?? ['second', 1];
	return `about ${plural(Math.round(seconds / length), unit)}`;
}

/** `age()` as a phrase: `3 weeks ago`, `just now`. */
export function ago(since: string, now: Date): string {
	const text = age(since, now);
	return text === 'just now' ? text : `${text} ago`;
}

/** `shortAge()` as a phrase: `3w ago`, `now`. */
export function shortAgo(since: string, now: Date): string {
	const text = shortAge(since, now);
	return text === 'now' ? text : `${text} ago`;
}

/** Whole days from today (UTC) until `date` (`2027-01-31`); 0 on the day itself, negative after it. */
export function daysUntil(date: string, now: Date): number {
	return Date.parse(`${date}T00:00:00Z`) / 86_400_000 - Math.floor(now.getTime() / 86_400_000);
}
