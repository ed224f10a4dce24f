import {resolve} from 'node:path';
import {type FoundCredential, whereOf} from '../credentials/found.js';
import {mainSecrets} from '../credentials/main-secrets.js';
import {namedSharers, SecretHolders, sharersText} from '../credentials/same.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {nameKey} from '../domain/name.js';
import {ago} from '../domain/time.js';
import type {Uses} from '../domain/use.js';
import {lookAround} from '../look/look.js';
import type {World} from '../look/world.js';
import {type ProjectFile, projectFileAt} from '../project/place.js';
import {namesOf, readProject} from '../project/project.js';
import {awsFilePath} from '../providers/aws/file-path.js';
import {type OurProfile, ourProfiles} from '../providers/aws/our-profiles.js';
import {defaultVaultPath} from '../vault/default-path.js';
import {trustedFiles} from '../vault/trusted.js';
import type {Content} from '../vault/vault.js';

/** Where uses of a credential are looked for. */
export type Around = {
	readonly content: Content;
	/** The vault's path. */
	readonly vault: string;
	/** What its use log says. */
	readonly uses: Uses;
	/** The files of this machine; undefined where they are not looked at, as in the demo. */
	readonly world: World | undefined;
	readonly now: Date;
	/** A trusted project file as it is now. Throws a `PharmerError` where it is not used. */
	readonly projectFile?: (path: string) => Pick<ProjectFile, 'text' | 'sha256'>;
};

/** The most kinds of use, and files, that are named; the rest are only counted. */
const most = 4;

/**
 * What is known of a credential's use on this machine, before its key is replaced: a sentence each without its full
 * stop, which names files as they are called. What stops working comes before what gets the new key. None holds a
 * secret. What can't be read is left out; nothing connects.
 */
export async function knownUses(credential: Credential, around: Around): Promise<readonly string[]> {
	const {content, world} = around;
	const holders = holdersOf(credential);
	const [found, profiles] = world === undefined ? [[], []] : [await findsIn(world), await profilesIn(world)];
	const same = found.filter(({provider, data}) => isHeld({provider: provider.id, data}, holders));
	return [
		...lastUsesText(credential, around),
		...sharersIn(content, credential, holders),
		...inClear(same),
		...profileTexts(credential, profiles, around),
		...projectTexts(credential, around),
	];
}

/** How it was handed out last, each way once. */
function lastUsesText({id, created}: Credential, {uses: {list, since}, now}: Around): readonly string[] {
	// The newest of each kind comes last, and stays.
	const byKind = new Map(
		list
			.filter(use => use.id === id)
			.toReversed()
			.map(({kind, at}) => [kind, at]),
	);
	const kinds = [...byKind].sort(([, one], [, other]) => (one < other ? 1 : -1)).slice(0, most);
	if (kinds.length > 0) return [`used here by ${kinds.map(([kind, at]) => `\`${kind}\` ${ago(at, now)}`).join(', ')}`];
	if (since === undefined) return [];
	return [created < since ? `not used here since ${since.slice(0, 10)}` : 'not used here yet'];
}

type Compared = Pick<Credential, 'provider' | 'data'>;
type Holders = SecretHolders<Compared>;

/** Tells who has the key of that credential; what comes with a key, such as the passphrase of a file, is no key. */
function holdersOf(credential: Credential): Holders {
	const holders = new SecretHolders<Compared>();
	const data = new Map(mainSecrets(credential).map(({field, value}) => [field.key, value]));
	holders.add({provider: credential.provider, data}, credential);
	return holders;
}

function isHeld(compared: Compared, holders: Holders): boolean {
	return holders.mostOf(compared).length > 0;
}

function sharersIn({credentials}: Content, {id}: Credential, holders: Holders): readonly string[] {
	const others = credentials.filter(each => each.id !== id && isHeld(each, holders));
	if (others.length === 0) return [];
	const names = others.slice(0, namedSharers).map(({name}) => `\`${name}\``);
	const verb = others.length === 1 ? 'has' : 'have';
	return [`${sharersText(names, others.length)} ${verb} the same secret, and will not get the new one`];
}

/** What lies in clear in the files of tools and in the environment, also what no importer can keep. */
async function findsIn(world: World): Promise<readonly FoundCredential[]> {
	const {found, refused} = await lookAround(world);
	return [...found, ...refused.flatMap(({offer, rest}) => [offer ?? [], rest ?? []].flat())];
}

function inClear(same: readonly FoundCredential[]): readonly string[] {
	const places = [
		...new Set(
			same.map(each => (each.path === undefined ? `the environment (${whereOf(each)})` : `\`${whereOf(each)}\``)),
		),
	];
	const more = places.length - most;
	const all = more > 0 ? [...places.slice(0, most), `${more} more`] : places;
	return all.map(
		place => `${place} ${place.endsWith(' more') ? 'hold' : 'holds'} its key in clear, and will not get the new one`,
	);
}

async function profilesIn(world: World): Promise<readonly OurProfile[]> {
	const inFile = async (kind: 'config' | 'credentials'): Promise<readonly OurProfile[]> => {
		const file = await world.read(awsFilePath(world.places, kind).path).catch(passOver);
		return ourProfiles(file?.text ?? '', kind);
	};
	return (await Promise.all([inFile('config'), inFile('credentials')])).flat();
}

/** The profiles of AWS that take their keys from this credential. */
function profileTexts({name}: Credential, profiles: readonly OurProfile[], {vault}: Around): readonly string[] {
	const ours = profiles.filter(({words}) => {
		const at = words.indexOf('--vault');
		const path = at === -1 ? defaultVaultPath() : resolve(words[at + 1] ?? '');
		const asked = words[words.indexOf('credential-process') + 1] ?? '';
		return path === resolve(vault) && nameKey(asked) === nameKey(name);
	});
	return ours.map(({profile}) => `the AWS profile \`${profile}\` takes it from here, and gets the new one`);
}

/** The trusted project files that name it. */
function projectTexts({name}: Credential, {content, projectFile = projectFileAt}: Around): readonly string[] {
	const paths = trustedFiles(content).flatMap(({path, sha256}) => {
		try {
			const file = projectFile(path);
			const isNamed = file.sha256 === sha256 && file.text.toLowerCase().includes(nameKey(name));
			return isNamed && namesOf(readProject({...file, shown: path})).some(each => nameKey(each) === nameKey(name))
				? [path]
				: [];
		} catch (error) {
			return passOver(error) ?? [];
		}
	});
	return paths.map(path => `\`${path}\` names it, and gets the new one`);
}

function passOver(error: unknown): undefined {
	if (!(error instanceof PharmerError)) throw error;
	return undefined;
}
