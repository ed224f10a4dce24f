import {plural} from '../domain/words.js';
import {importers} from '../look/importers.js';
import {lookAround} from '../look/look.js';
import {advice, type Check, care, type Finding, ok, unknown} from './check.js';
import type {Machine} from './machine.js';

export const credentialFiles: readonly Check[] = [{id: 'plaintext', title: 'in clear', look: lookForFiles}];

/** What is known of a file with credentials: whose tool's it is, how many there are, and its permission bits. */
type Kept = {readonly kind: string; count: number; readonly mode: number | undefined};

/** Looks where `pharmer import` looks, and tells of each file which tool's it is; never what is in it. */
async function lookForFiles({world}: Machine): Promise<readonly Finding[]> {
	const {found, damaged} = await lookAround(
		world,
		importers.map(({kind}) => kind),
	);
	const files = new Map<string, Kept>();
	for (const {path, kind, mode, alsoIn = []} of found) {
		const all = [...(path === undefined ? [] : [{path, mode}]), ...alsoIn];
		for (const each of all) {
			const kept = files.get(each.path) ?? {kind, count: 0, mode: each.mode};
			kept.count++;
			files.set(each.path, kept);
		}
	}
	const findings = [...files].map(([path, kept]) => inTheClear(path, kept));
	const unread = damaged.map(({problem}) => unknown(problem));
	if (findings.length + unread.length === 0) return [ok("no credential is in a file of a provider's tool")];
	return [...findings, ...unread];
}

function inTheClear(path: string, {kind, count, mode}: Kept): Finding {
	const title = importers.find(each => each.kind === kind)?.title ?? kind;
	const isOpen = mode !== undefined && (mode & 0o044) !== 0;
	const text = `\`${path}\` (${title}) has ${plural(count, 'credential')}${isOpen ? ', and others can read it' : ''}`;
	const close = isOpen ? `\`chmod go-rwx ${path}\` closes it; ` : '';
	const then =
		kind === 'aws'
			? '`pharmer import --close --from aws` has the tools ask for them and takes them out of the file'
			: 'then take them out of the file';
	return care(text, advice(`${close}\`pharmer import --from ${kind}\` keeps them; ${then}`));
}
