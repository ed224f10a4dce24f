import {dirname, join, sep} from 'node:path';
import type {Exposure} from '../domain/exposure.js';
import {letsOthersRename} from '../platform/agent-socket.js';
import {advice, type Check, care, type Finding, type Fix, modeText, ok, run} from './check.js';
import type {Machine, Status} from './machine.js';
import {ancestorsOf, besideVault, isPassing, vaultFile} from './places.js';

export const access: readonly Check[] = [
	{id: 'directories', title: 'directories', look: lookAtDirectories},
	{id: 'above', title: 'above them', look: lookAbove},
	{id: 'files', title: 'files', look: lookAtFiles},
];

/** Whose the files are to be: this user's, or for root those of whoever has the directory. */
function ownerOf({user, files}: Machine, file: string): number | undefined {
	if (user !== 0) return user;
	const directory = files.real(dirname(file));
	return (directory === undefined ? undefined : files.status(directory)?.uid) ?? user;
}

/** The program that changes something of that user's: by `sudo` where it takes root. */
function as(user: number | undefined, {user: own}: Machine, program: string): string {
	return own === 0 || user === own ? program : `sudo ${program}`;
}

/**
 * Gives a file or directory to a user. Who can write in its directory may put a link in its place before the command
 * runs, and root would give away what that leads to: `-h` follows none.
 */
function owned(owner: number | undefined, path: string, {user}: Machine): Fix {
	return run(user === 0 ? 'chown' : 'sudo chown', '-h', String(owner), path);
}

/** What gives a directory back to its user: one in the user's home, since any other may be the system's. */
function givenBack(directory: string, owner: number | undefined, machine: Machine): Fix {
	const real = machine.files.real(directory) ?? directory;
	return real.startsWith(`${machine.home}${sep}`)
		? owned(owner, directory, machine)
		: advice('move the vault to a directory of yours');
}

/** The files whose directories count: the vault, what a link to it leads to, and the settings. */
function places(machine: Machine): readonly string[] {
	return [machine.place.path, vaultFile(machine), settingsFile(machine)];
}

const settingsFile = ({settings}: Machine): string => join(settings, 'settings.json');

function exposuresOf(machine: Machine): readonly Exposure[] {
	const all = places(machine).flatMap(each => machine.files.exposures(each));
	return all.filter((each, index) => all.findIndex(other => other.path === each.path) === index);
}

function exposed({path, what, others, remedy}: Exposure, status: Status, {user}: Machine): Finding {
	const move = advice('move the vault to a directory of yours');
	if (what === 'directory' && status.uid !== user && status.uid !== 0)
		return care(`\`${path}\` belongs to user ${status.uid}, who can write in it`, move);
	const text = `others can ${others} \`${path}\`, mode ${modeText(status.mode)}`;
	if (remedy === undefined) return care(text, move);
	const [program = '', bits = ''] = remedy.split(' ');
	return care(text, run(program, bits, path));
}

function lookAtDirectories(machine: Machine): readonly Finding[] {
	if (machine.user === undefined) return [];
	const {files} = machine;
	const known = exposuresOf(machine).filter(({what}) => what === 'directory');
	const named = [...new Set(places(machine).map(each => dirname(each)))];
	const findings = named.flatMap(each => directoryFindings(each, known, machine));
	// The directory that a link leads to.
	const others = known.filter(({path}) => !named.includes(path));
	return [
		...findings,
		...others.flatMap(each => {
			const status = files.status(each.path);
			return status === undefined ? [] : [exposed(each, status, machine)];
		}),
	];
}

function directoryFindings(directory: string, known: readonly Exposure[], machine: Machine): readonly Finding[] {
	const {files, user} = machine;
	const status = files.status(directory);
	if (status === undefined) return [];
	const shown = `\`${directory}\``;
	if (status.kind === 'link') {
		const real = files.real(directory);
		if (real === undefined) return [care(`${shown} is a link that leads nowhere`, run('rm', directory))];
		const owner = ownerOf(machine, directory);
		if (status.uid !== owner && status.uid !== 0)
			return [care(`${shown} is a link of user ${status.uid}`, advice(`put a directory of yours in its place`))];
		return [ok(`${shown} is a link to \`${real}\``)];
	}
	if (status.kind !== 'directory')
		return [care(`${shown} is not a directory`, advice('move it away: the next change makes the directory'))];
	const exposure = known.find(({path}) => path === directory);
	if (exposure !== undefined) return [exposed(exposure, status, machine)];
	if (user !== 0 && status.uid === user && (status.mode & 0o700) !== 0o700)
		return [care(`you can't use ${shown}, mode ${modeText(status.mode)}`, run('chmod', 'u+rwx', directory))];
	if (user !== 0 && status.uid !== user)
		return [care(`${shown} belongs to user ${status.uid}`, givenBack(directory, user, machine))];
	return [ok(`${shown}, mode ${modeText(status.mode)}`)];
}

/** Every directory above those of the vault and the settings: whoever can rename in one can put another vault there. */
function lookAbove(machine: Machine): readonly Finding[] {
	if (machine.user === undefined) return [];
	const findings = new Map<string, Finding>();
	const below = [...new Set(places(machine).map(each => dirname(each)))];
	for (const directory of below) {
		const owner = ownerOf(machine, join(directory, 'file'));
		for (const {path, status} of ancestorsOf(directory, machine)) {
			if (findings.has(path) || below.includes(path)) continue;
			if (letsOthersRename(status, owner)) findings.set(path, open(path, status, owner, machine));
		}
	}
	if (findings.size > 0) return [...findings.values()];
	return [ok('nobody else can write in a directory above them')];
}

function open(directory: string, status: Status, owner: number | undefined, machine: Machine): Finding {
	if (status.uid !== owner && status.uid !== 0)
		return care(
			`\`${directory}\` belongs to user ${status.uid}, who can put something else in the place of what is in it`,
			advice('move the vault to a directory of yours'),
		);
	const text = `others can rename what is in \`${directory}\`, mode ${modeText(status.mode)}`;
	return care(text, run(as(status.uid, machine, 'chmod'), 'go-w', directory));
}

function lookAtFiles(machine: Machine): readonly Finding[] {
	const {files, user} = machine;
	if (user === undefined) return [];
	const vault = vaultFile(machine);
	const beside = besideVault(machine).filter(path => !isPassing(path, vault));
	const found = [vault, ...beside, settingsFile(machine)].flatMap(path => {
		const status = files.status(path);
		return status?.kind === 'file' ? [{path, status}] : [];
	});
	const known = exposuresOf(machine).filter(({what}) => what === 'file');
	const vaultMode = files.status(vault)?.mode ?? 0;
	const findings = found.flatMap(({path, status}): readonly Finding[] => {
		const owner = ownerOf(machine, path);
		if (status.uid !== owner)
			return [
				care(
					`\`${path}\` belongs to user ${status.uid}, not to ${owner === user ? 'you' : `user ${owner}`}`,
					owned(owner, path, machine),
				),
			];
		const exposure = known.find(each => each.path === path);
		if (exposure !== undefined) return [exposed(exposure, status, machine)];
		// What lies beside the vault is readable by whoever may read the vault.
		if ((status.mode & 0o077 & ~(vaultMode & 0o044)) !== 0)
			return [care(`others can get at \`${path}\`, mode ${modeText(status.mode)}`, run('chmod', 'go-rwx', path))];
		if (user !== 0 && (status.mode & 0o600) !== 0o600)
			return [care(`you can't read and write \`${path}\`, mode ${modeText(status.mode)}`, run('chmod', 'u+rw', path))];
		return [];
	});
	if (findings.length > 0 || found.length === 0) return findings;
	const modes = [...new Set(found.map(({status}) => modeText(status.mode)))];
	const count = found.length === 1 ? 'one file' : `${found.length} files`;
	return [ok(`${count} of the vault and the settings, mode ${modes.join(' and ')}`)];
}
