import {findCredentials} from '../credentials/query.js';
import type {Credential} from '../domain/credential.js';
import {nameKey} from '../domain/name.js';
import type {Prompt} from '../platform/prompt.js';

/** How many are listed at once. */
const most = 7;

/** Lets a person name one of these credentials, or a part of it, line by line. Throws `cancelled` and `interrupted`. */
export async function askWhich(
	verb: string,
	credentials: readonly Credential[],
	prompt: Prompt,
	now: Date,
	say: (line: string) => void,
): Promise<Credential> {
	let listed: readonly Credential[] = [];
	for (;;) {
		const answer = (await prompt.line(`Which one to ${verb}? A name, or a part of one: `)).trim();
		const numbered = /^\d+$/.test(answer) ? listed[Number(answer) - 1] : undefined;
		const exact = numbered ?? credentials.find(({name}) => nameKey(name) === nameKey(answer));
		if (exact !== undefined) return exact;
		const found = findCredentials(credentials, answer, now);
		const [only, ...others] = found;
		if (only !== undefined && others.length === 0) return only;
		if (only === undefined) say(`Nothing matches \`${answer}\`.`);
		listed = found.slice(0, most);
		for (const [index, {name, provider}] of listed.entries()) say(`${index + 1} ${name}, ${provider}`);
		if (found.length > most) say(`and ${found.length - most} more`);
	}
}
