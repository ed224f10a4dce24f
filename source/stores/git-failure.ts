import {Unreachable} from '../domain/exchange.js';
import type {GitAnswer} from '../platform/git.js';
import {noAnswer, refusal} from './storage-error.js';

/** What ssh and git's way by https say where no address is found for a host. */
const unknownHost = /could not resolve host|name resolution|name or service not known|nodename nor servname/i;

/** What servers, ssh and git say where another attempt ends the same. */
const refused =
	/denied|not allowed|authentication failed|could not read (?:username|password)|host key|not found|not appear to be|does not exist|dubious ownership|returned error: 4(?!08|29)\d\d|not a git command|read.only|disabled/i;

/** What errors call a repository: its host, or its path on this machine. */
export function hostOf(remote: string): string {
	const {host, pathname} = new URL(remote);
	return host || pathname;
}

/** The error for a run of git that has reached nothing. Throws nothing; git's own words are in it. */
export function gitFailure(remote: string, {code, said}: GitAnswer): Error {
	const host = hostOf(remote);
	if (code === 'stopped') return new Unreachable('it was stopped');
	if (code === 'late') return noAnswer(host, 'does not answer');
	if (code === 'full')
		return refusal(host, 'has more than a shared vault has', 'does the address name the right branch?');
	const why = said === '' ? `git ended with ${code}` : said;
	if (unknownHost.test(said)) return new Unreachable(`there is no host \`${host}\``, 'no-host');
	if (/returned error: 3\d\d/.test(said))
		return refusal(host, `leads to another address: ${why}`, 'write that into its address; often it ends with .git');
	if (refused.test(said)) return refusal(host, `can't be used: ${why}`, `try \`git ls-remote ${remote}\` yourself`);
	return noAnswer(host, `can't be reached: ${why}`);
}
