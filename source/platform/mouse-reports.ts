import process from 'node:process';

// xterm's modes 1000 (buttons and wheel) and 1006 (numbers of any size).
const on = '\u001b[?1000h\u001b[?1006h';
/** What turns them off, whether they are on or not. */
export const mouseReportsOff = '\u001b[?1006l\u001b[?1000l';

export type MouseReports = {
	/** Has the terminal report the mouse, or not any more. */
	set(wanted: boolean): void;
};

/** Reports of the mouse from the terminal on standard input. They are off; `onInput` gets what the terminal sends while they are on, whoever else reads it. */
export function mouseReports(onInput: (input: string) => void): MouseReports {
	let isOn = false;
	const listener = (data: Buffer | string): void => onInput(data.toString());
	return {
		set(wanted) {
			if (wanted === isOn) return;
			isOn = wanted;
			if (wanted) process.stdin.on('data', listener);
			else process.stdin.off('data', listener);
			process.stdout.write(wanted ? on : mouseReportsOff);
		},
	};
}
