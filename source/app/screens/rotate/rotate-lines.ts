import {publicId} from '../../../credentials/public-id.js';
import {periodText} from '../../../credentials/rotation-words.js';
import {ago, minute, roughTime} from '../../../domain/time.js';
import {providerOf} from '../../../providers/catalog.js';
import {visible} from '../../../text/visible.js';
import type {RotationPlan} from '../../core/rotating.js';
import type {State} from '../../core/state.js';
import {gap, heldLines, labelled, line, type MarkedLine, stoppedLines} from './marked-lines.js';
import {
	credentialOf,
	isRunning,
	keptUntil,
	type RotateScreen,
	type RotationWork,
	signerChoices,
	signerOf,
	signersOf,
	workOf,
} from './rotate-screen.js';

/** What the view is about. */
export function rotateTitle(state: State, screen: RotateScreen): string {
	const name = visible(credentialOf(state, screen)?.name ?? 'it');
	if (screen.signer !== undefined) return `Who signs for ${name}?`;
	if (screen.question?.about === 'now') return `Delete the old key of ${name} now?`;
	if (screen.question?.about === 'back') return `Take the new key of ${name} back?`;
	const work = workOf(state, screen);
	if (work === undefined)
		return isRunning(state, screen) || screen.plan === undefined ? `The key of ${name}` : `Replace the key of ${name}?`;
	return work.step === 'undoing' || work.step === 'undone'
		? `The key of ${name}, taken back`
		: `The new key of ${name}`;
}

/** Everything that the view shows, line by line. */
export function rotateLines(state: State, screen: RotateScreen): readonly MarkedLine[] {
	const {signer, plan, question} = screen;
	const work = workOf(state, screen);
	if (signer !== undefined)
		return signerChoices(state, screen).map((each, index) => {
			const text = each === undefined ? 'itself' : `${visible(each.name)} · ${visible(publicId(each))}`;
			return line(text, index === signer ? 'chosen' : 'none');
		});
	if (work !== undefined && question?.about === 'now') return nowLines(work);
	if (work !== undefined && question?.about === 'back') return backLines(work);
	const failed = stoppedLines(state, screen.id);
	if (work === undefined && !isRunning(state, screen)) {
		if (plan === undefined) return [line('Looking at how it can be replaced.')];
		return [...failed, ...(failed.length === 0 ? [] : [gap]), ...planLines(state, screen)];
	}
	const held = heldLines(state, screen.id, work);
	const around = [...held, ...failed];
	const steps =
		work === undefined ? [line('its keys are read at the provider', 'now')] : stepLines(state, screen, work);
	return [...steps, ...(around.length === 0 ? [] : [gap, ...around]), ...signsLines(state, screen)];
}

function nowLines({oldId = '', until = ''}: RotationWork): readonly MarkedLine[] {
	return [
		line(`The old key, ${visible(oldId)}, would be kept until ${minute(until)}.`),
		line('It is deleted at its provider, once that says that the new one works. Nothing brings it back.'),
	];
}

function backLines({oldId = '', freshId}: RotationWork): readonly MarkedLine[] {
	const fresh = freshId === undefined ? 'What was made' : `The new one, ${visible(freshId)},`;
	return [
		line(`The old key, ${visible(oldId)}, works again, and is the credential's again.`),
		line(`${fresh} is deleted at its provider: whatever has it by now stops working.`),
	];
}

function signsLines(state: State, screen: RotateScreen): readonly MarkedLine[] {
	const signer = signerOf(state, screen);
	return signer === undefined ? [] : [gap, line(`${visible(signer.name)} signs.`)];
}

function planLines(state: State, screen: RotateScreen): readonly MarkedLine[] {
	const {plan, grace} = screen;
	const credential = credentialOf(state, screen);
	if (plan === undefined || credential === undefined) return [];
	const {title} = providerOf(credential.provider);
	return [
		labelled('key', `${visible(publicId(credential))} at ${title}`),
		...usesTexts(plan).map((text, index) => labelled(index === 0 ? 'its use' : '', text)),
		labelled('signs', signsText(state, screen)),
		labelled(
			'old key',
			grace === 0 ? 'not kept: deleted as soon as the new one works' : `kept for ${periodText(grace)}`,
		),
		gap,
		...(plan.warns === undefined ? [] : [line(`${visible(plan.warns)}.`, 'warning'), gap]),
		...steps(plan.disables, grace).map(({todo}) => line(todo, 'todo')),
	];
}

/** What is known of its use here. */
function usesTexts({uses}: Pick<RotationPlan, 'uses'>): readonly string[] {
	if (uses === undefined) return ['looking at what uses it here'];
	return uses.length === 0 ? ['nothing is known of its use here'] : uses.map(visible);
}

function signsText(state: State, screen: RotateScreen): string {
	const signer = signerOf(state, screen);
	if (signer !== undefined) return visible(signer.name);
	if (screen.plan?.needsSigner !== true) return 'itself';
	const {title} = providerOf(screen.plan.signer);
	return signersOf(state, screen).length === 0
		? `a credential of ${title} has to, and there is none`
		: `a credential of ${title} has to: w chooses one`;
}

/** A step: what is to be done, what is done, and how far the rotation is when it is. */
type Stage = {readonly todo: string; readonly done: string};

function steps(disables: boolean, grace: number, {oldId = '', freshId = ''}: Partial<RotationWork> = {}) {
	const [old, fresh] = [visible(oldId), visible(freshId)];
	const all: readonly (Stage | undefined)[] = [
		{todo: 'what is there is written down', done: `written down: the old key is ${old}`},
		{todo: 'a new key is made, and stored', done: `the new key is made and stored: ${fresh}`},
		{
			todo: "the provider is asked whether it works; then it is the credential's",
			done: "the new key works, and is the credential's",
		},
		disables
			? {todo: 'the old key is switched off', done: 'the old key is switched off'}
			: {todo: 'the old key goes on working until it is deleted', done: 'the old key works until it is deleted'},
		grace === 0
			? undefined
			: {todo: `the old key is kept for ${periodText(grace)}: u takes everything back`, done: 'the old key was kept'},
		{todo: 'the old key is deleted', done: 'the old key is deleted'},
	];
	return all.filter(each => each !== undefined);
}

const reached = {intent: 1, stored: 2, verified: 3, off: 4} as const;

function stepLines(state: State, {plan}: RotateScreen, work: RotationWork): readonly MarkedLine[] {
	const now = new Date(state.now);
	const {step, grace, began, at, until = '', oldId = '', freshId} = work;
	const when = (text: string, moment: string): string => `${text} · ${ago(moment, now)}`;
	if (step === 'undoing' || step === 'undone') {
		const isBack = step === 'undone';
		return [
			line(when(`written down: the old key is ${visible(oldId)}`, began), 'done'),
			isBack
				? line(when("the old key is the credential's again", at), 'done')
				: line("the old key works again, and is the credential's again", 'now'),
			line(`the new key is deleted${freshId === undefined ? '' : `: ${visible(freshId)}`}`, isBack ? 'now' : 'todo'),
		];
	}
	const kept = keptUntil(state, work);
	const isOver = step === 'off' && kept === undefined && grace > 0;
	const count = reached[step] + (isOver ? 1 : 0);
	return steps(plan?.disables === true, grace, work).map(({todo, done}, index) => {
		if (index >= count) {
			if (index > count) return line(todo, 'todo');
			if (kept === undefined) return line(todo, 'now');
			const left = roughTime((kept - state.now) / 1000);
			return line(`the old key is kept until ${minute(until)} (${left} left): u takes everything back`, 'now');
		}
		const moment = index === 0 ? began : index === reached[step] - 1 ? at : undefined;
		return line(moment === undefined ? done : when(done, moment), 'done');
	});
}
