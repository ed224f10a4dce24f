// xterm's modes 1000 (buttons and wheel) and 1006 (numbers of any size).
const on = '\u001b[?1000h\u001b[?1006h';
/** Turns them off, whether they are on or not. */
export const mouseReportsOff = '\u001b[?1006l\u001b[?1000l';

export type MouseReports = {
	/** Makes the terminal start or stop reporting the mouse. */
	set(wanted: boolean): void;
	/** Whether it reports the mouse. */
	readonly wanted: boolean;
};

/** Mouse reports from the terminal, among the keys on standard input. They start turned off. */
export function mouseReports(): MouseReports {
	let isOn = false;
	return {
		set(wanted) {
			if (wanted === isOn) return;
			isOn = wanted;
			process.stdout.write(wanted ? on : mouseReportsOff);
		},
		get wanted() {
			return isOn;
		},
	};
}
