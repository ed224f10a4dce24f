import {PharmerError} from '../domain/errors.js';
import {awsFilePath} from '../providers/aws/file-path.js';
import {type OurProfile, ourProfiles} from '../providers/aws/our-profiles.js';
import {type Check, care, type Finding, ok, run, unknown} from './check.js';
import type {Machine} from './machine.js';

export const awsProfiles: readonly Check[] = [{id: 'aws-setup', title: 'aws setup', look: lookAtProfiles}];

/** Whether the profiles that `pharmer aws setup` made still find this program. Runs nothing of what they say. */
async function lookAtProfiles(machine: Machine): Promise<readonly Finding[]> {
	const {path} = awsFilePath(machine.world.places, 'config');
	const file = await machine.world.read(path).catch((error: unknown) => {
		if (error instanceof PharmerError) return error;
		throw error;
	});
	if (file instanceof PharmerError) return [unknown(file.message)];
	const profiles = ourProfiles(file?.text ?? '');
	if (profiles.length === 0) return [ok('no profile of AWS takes its keys from here')];
	const broken = profiles.flatMap(each => {
		const missing = missingOf(each, machine);
		return missing === undefined ? [] : [lost(each, missing, path)];
	});
	return broken.length > 0 ? broken : [ok(`${profiles.map(({profile}) => `\`${profile}\``).join(', ')}: found`)];
}

/** The first word of a profile's command that is a program or script of ours and is not there. */
function missingOf({words}: OurProfile, {files}: Machine): string | undefined {
	const [program = '', script = ''] = words;
	if (files.program(program) === undefined) return program;
	const isScript = script.includes('/') || script.includes('\\');
	return isScript && files.real(script) === undefined ? script : undefined;
}

function lost({profile, words, line}: OurProfile, missing: string, path: string): Finding {
	const name = words[words.indexOf('credential-process') + 1] ?? '';
	const at = words.indexOf('--vault');
	const vault = at === -1 ? [] : words.slice(at, at + 2);
	const text = `the profile \`${profile}\` (line ${line} of \`${path}\`) starts \`${missing}\`, which is not there`;
	return care(text, run('pharmer', 'aws', 'setup', name, '--profile', profile, ...vault));
}
