import type {Effect} from '../app/core/effect.js';
import type {RotationPlan} from '../app/core/rotating.js';
import type {RotationEnd} from '../credentials/rotation-words.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {providerOf} from '../providers/catalog.js';
import {valuesOf} from '../providers/data.js';
import {keyServices} from '../providers/key-services.js';
import {knownUses} from '../tasks/known-uses.js';
import {whyByHand} from '../tasks/rotation/key-desk.js';
import {goOn, rotateKey} from '../tasks/rotation/rotate.js';
import type {Rotating} from '../tasks/rotation/rotating.js';
import {journalOf} from '../vault/journals.js';
import {agreedPlaces, inSteps, type Reach, type Running} from './at-provider.js';

/** Tells whether and how the key of a credential can be replaced; once they are found, with the uses of it here. */
export async function tellPlan(
	credential: Credential,
	{world, session, signal, tell}: Omit<Running, 'ask'>,
): Promise<void> {
	const plan = planOf(credential);
	const {id} = credential;
	tell({type: 'rotation-planned', id, plan});
	const log = session.vault.openUseLog();
	try {
		const {machine} = world;
		const [content, uses] = await Promise.all([session.vault.read(), log.read()]);
		const looked = {content, vault: session.vault.path, uses, world: machine.isDemo ? undefined : machine.world};
		tell({
			type: 'rotation-planned',
			id,
			plan: {...plan, uses: await knownUses(credential, {...looked, now: world.now()})},
		});
	} catch (error) {
		// A lock lets go of what is read.
		if (!signal.aborted) throw error;
	} finally {
		log.close();
	}
}

function planOf(credential: Credential): RotationPlan {
	const {id} = providerOf(credential.provider);
	const service = keyServices.get(id);
	const {signer = id, needsSigner = false, warns, disable} = service ?? {};
	return {
		why: whyByHand(credential),
		warns: warns?.(valuesOf(credential.data)),
		signer,
		needsSigner,
		disables: disable !== undefined,
	};
}

type Wish = Extract<Effect, {type: 'rotate'}>;

/** Replaces the key as far as it goes now; tells each step that is written, and what came of it. */
export async function rotationRun(wish: Wish, running: Running): Promise<void> {
	const {id} = wish;
	running.tell({type: 'rotated', id, ...(await inSteps(id, running, reach => work(wish, running, reach)))});
}

async function work(
	{id, does, grace, admin: adminId}: Wish,
	{world, session, signal, ask}: Running,
	reach: Reach & Pick<Rotating, 'onStep'>,
): Promise<RotationEnd> {
	const {vault} = session;
	const content = await vault.read();
	const find = (wanted: string | undefined): Credential | undefined =>
		content.credentials.find(each => each.id === wanted);
	const credential = find(id);
	if (credential === undefined) throw new PharmerError('not-found', 'that credential is gone');
	const named = find(adminId);
	const signing = named ?? find(journalOf(content, id)?.admin) ?? credential;
	const service = keyServices.get(providerOf(credential.provider).id);
	const places = await agreedPlaces(service, {credential, signing}, {session, ask});
	const rotating: Rotating = {
		...reach,
		vault,
		signal,
		now: () => world.now().getTime(),
		...places,
		ask: about => ask({kind: 'key', id, about}),
	};
	return does === 'begin'
		? rotateKey({credential, grace, admin: named}, rotating)
		: goOn(id, {isBack: does === 'back', isNow: does === 'now', admin: named?.id}, rotating);
}
