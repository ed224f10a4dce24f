import {syncMoment} from '../core/sharing.js';
import {isBusy, isOpen, lockMoment, revealTime, type State, showsField, withoutShown} from '../core/state.js';
import {type Step, step} from '../core/step.js';
import {withoutQuestion} from '../keyboard/focus.js';
import {previewMoment} from '../session/previewing.js';
import {toldFrom, workText} from '../session/under-way.js';

const frame = 100;

/** How long before an automatic lock the app warns, in milliseconds. */
export const lockNotice = 30_000;

/** When a countdown to `until` next shows another second. */
function nextSecond(until: number, now: number): number {
	const left = until - now;
	return left > 1000 ? now + (left % 1000 || 1000) : until;
}

/**
 * When the screen next changes by itself, in milliseconds since the epoch: a countdown, an expiring message, a spinner,
 * the lock, a look at a file that can't be read.
 */
export function nextWake(state: State): number | undefined {
	const {now, screen, message, reveal, copied, lastInput, underWay, trouble} = state;
	const moments: number[] = [];
	if (
		isBusy(state) ||
		workText(state) !== undefined ||
		state.asking !== undefined ||
		state.rotating.ids.length > 0 ||
		state.sharing.syncing === 'asked'
	)
		moments.push(now + frame);
	else moments.push(...underWay.map(toldFrom));
	if (trouble?.lookAt !== undefined) moments.push(trouble.lookAt);
	if (message !== undefined) moments.push(message.until);
	if (showsField(state)) moments.push(lastInput + revealTime(state));
	// Ages and expiry dates change by the minute.
	if (
		['list', 'detail', 'history', 'rotate', 'issue', 'team'].includes(screen.kind) ||
		state.sharing.team !== undefined
	)
		moments.push(now + 60_000 - (now % 60_000));
	const sync = syncMoment(state);
	if (sync !== undefined) moments.push(sync);
	const preview = previewMoment(state);
	if (preview !== undefined) moments.push(preview);
	if (reveal !== undefined) moments.push(nextSecond(reveal.until, now));
	if (copied !== undefined) moments.push(nextSecond(copied.until, now));
	if (isOpen(state) && !state.lockDue) {
		const lock = lockMoment(state);
		moments.push(now < lock - lockNotice ? lock - lockNotice : nextSecond(lock, now));
	}
	return moments.length === 0 ? undefined : Math.min(...moments);
}

/** The state without what has expired by now: the message, revealed secrets, the copied secret. */
export function expired(state: State): Step {
	const {message, reveal, copied, now} = state;
	const isOver = (moment: number): boolean => moment <= now;
	const isSaid = message !== undefined && isOver(message.until);
	const asking = isSaid ? withoutQuestion(state) : state;
	const next = {
		...(showsField(asking) && isOver(state.lastInput + revealTime(state)) ? withoutShown(asking) : asking),
		message: isSaid ? undefined : message,
		reveal: reveal !== undefined && isOver(reveal.until) ? undefined : reveal,
	};
	return copied !== undefined && isOver(copied.until)
		? step({...next, copied: undefined}, {type: 'clear-clipboard'})
		: step(next);
}
