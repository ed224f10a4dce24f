// Measures the app's own time for a key, without drawing: milliseconds of update(), as JSON. `bench/updates.ts COUNT`.
import process from 'node:process';
import {newState, type State} from '../source/app/core/state.js';
import {update} from '../source/app/loop/update.js';
import {unlockScreen} from '../source/app/screens/unlock.js';
import {sampleCredentials} from './sample.js';

const now = Date.now();
const plain = {ctrl: false, alt: false, shift: false};
const credentials = sampleCredentials(Number(process.argv[2]), now);
const locked = newState({
	size: {columns: 120, rows: 40},
	now,
	path: 'vault',
	environment: {},
	start: {kind: 'browse'},
	screen: unlockScreen,
});

/** The median: half of the times are at or below it, half at or above. */
const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;

function timed(state: State, event: Parameters<typeof update>[1]): {readonly state: State; readonly time: number} {
	const start = performance.now();
	const next = update(state, event, now).state;
	return {state: next, time: performance.now() - start};
}

/** Presses those keys in sequence, again and again, and returns the times. */
function keys(from: State, presses: readonly string[], rounds: number): readonly number[] {
	let state = from;
	const times: number[] = [];
	for (let round = 0; round < rounds; round++) {
		for (const press of presses) {
			const result = timed(state, {
				type: 'key',
				press: {...plain, ...(press === 'backspace' ? {name: press} : {text: press})},
			});
			state = result.state;
			times.push(result.time);
		}
	}
	return times;
}

const opened = timed(locked, {type: 'opened', stored: {credentials, trash: []}});
const filtering = timed(opened.state, {type: 'key', press: {...plain, text: '/'}}).state;
const last = timed(opened.state, {type: 'key', press: {...plain, text: 'G'}}).state;
const word = ['g', 'a', 't', 'e', 'w', 'a', 'y'];
const typed = [...word, ...word.map(() => 'backspace')];
keys(filtering, typed, 3);
process.stdout.write(
	JSON.stringify({
		filter: median(keys(filtering, typed, 10)),
		down: median(keys(opened.state, ['j'], 300)),
		'up from the end': median(keys(last, ['k'], 300)),
		'opening it': opened.time,
	}),
);
