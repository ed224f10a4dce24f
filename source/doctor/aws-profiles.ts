import {PharmerError} from '../domain/errors.js';
import {awsFilePath} from '../providers/aws/file-path.js';
import {type OurProfile, ourProfiles} from '../providers/aws/our-profiles.js';
import {advice, type Check, care, type Finding, ok, run, unknown} from './check.js';
import type {Machine} from './machine.js';

export const awsProfiles: readonly Check[] = [{id: 'aws-setup', title: 'aws setup', look: lookAtProfiles}];

type Kind = 'config' | 'credentials';

/** Whether the profiles that take their keys from here still find this program. Runs nothing of what they say. */
async function lookAtProfiles(machine: Machine): Promise<readonly Finding[]> {
	const found: string[] = [];
	const findings: Finding[] = [];
	for (const kind of ['config', 'credentials'] as const) {
		const {path} = awsFilePath(machine.world.places, kind);
		const file = await machine.world.read(path).catch((error: unknown) => {
			if (error instanceof PharmerError) return error;
			throw error;
		});
		if (file instanceof PharmerError) findings.push(unknown(file.message));
		else {
			for (const each of ourProfiles(file?.text ?? '', kind)) {
				const missing = missingOf(each, machine);
				if (missing === undefined) found.push(each.profile);
				else findings.push(lost(each, missing, path, kind));
			}
		}
	}
	if (findings.length > 0) return findings;
	if (found.length === 0) return [ok('no profile of AWS takes its keys from here')];
	return [ok(`${found.map(profile => `\`${profile}\``).join(', ')}: found`)];
}

/** The first word of a profile's command that is a program or script of ours and is not there. */
function missingOf({words}: OurProfile, {files}: Machine): string | undefined {
	const [program = '', script = ''] = words;
	if (files.program(program) === undefined) return program;
	const isScript = script.includes('/') || script.includes('\\');
	return isScript && files.real(script) === undefined ? script : undefined;
}

function lost({profile, words, line}: OurProfile, missing: string, path: string, kind: Kind): Finding {
	const name = words[words.indexOf('credential-process') + 1] ?? '';
	const at = words.indexOf('--vault');
	const vault = at === -1 ? [] : words.slice(at, at + 2);
	const text = `the profile \`${profile}\` (line ${line} of \`${path}\`) starts \`${missing}\`, which is not there`;
	// What the credentials file says wins over what `aws setup` would write.
	if (kind === 'credentials') return care(text, advice('write the full path of this program into that line'));
	return care(text, run('pharmer', 'aws', 'setup', name, '--profile', profile, ...vault));
}
