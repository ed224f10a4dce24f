import {parseIni} from '../../text/ini.js';
import {configProfile} from './profiles.js';

/** A profile that takes its keys from the vault: the words of its `credential_process`, and its line. */
export type OurProfile = {readonly profile: string; readonly words: readonly string[]; readonly line: number};

/**
 * The profiles of one of AWS's files that take their keys from the vault, as `pharmer aws setup` and `pharmer import
 * --close` write them, or a person does. What can't be read is passed over.
 */
export function ourProfiles(text: string, file: 'config' | 'credentials' = 'config'): readonly OurProfile[] {
	return parseIni(text).sections.flatMap(({name, entries}) => {
		const command = entries.get('credential_process');
		const plain = file === 'credentials' || name === 'default' ? name : undefined;
		const profile = (file === 'config' ? configProfile(name) : undefined) ?? plain;
		if (command === undefined || profile === undefined) return [];
		const words = [...command.value.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
		const at = words.indexOf('credential-process');
		const isOurs = at > 1 && words[at - 1] === 'aws' && words.length > at + 1;
		return isOurs ? [{profile, words, line: command.line}] : [];
	});
}
