import type {Environment} from '../domain/environment.js';
import type {HeldFile} from '../domain/held-file.js';
import type {AwsKeys} from '../platform/aws-trial.js';

/** What closing files reaches of the machine. Everything may throw `file`. */
export type ClosingMachine = {
	/** Whether files have permission bits. */
	readonly hasModes: boolean;
	/** The id of this machine; undefined when no file was closed on it yet. */
	id(): string | undefined;
	/** The same, made when there is none. */
	makeId(): string;
	/** The words that run this program, with its vault when that is not the usual one. */
	readonly ownCommand: readonly string[];
	/** A file that this user may replace; undefined when nothing is there. */
	examine(path: string): HeldFile | undefined;
	isInWorkTree(path: string): boolean;
	/** Puts bytes in the place of a file, with that mode. Throws `conflict` when it is another one, and `busy`. */
	replace(file: HeldFile, bytes: Buffer, mode: number): Promise<void>;
	/** Throws as `replace()` does. */
	changeMode(file: HeldFile, mode: number): Promise<void>;
	/** Makes a file of that owner that is not there. */
	make(path: string, bytes: Buffer, mode: number, owner: number): Promise<void>;
	/** Removes what a killed process left beside a file. */
	tidy(target: string): Promise<void>;
	/** Runs a `credential_process` as AWS tools do; undefined when it gives no keys. */
	tryProcess(line: string): Promise<AwsKeys | undefined>;
};

/** This machine, with the directory of its settings, for this program as it was started. Loads modules when needed. */
export async function thisClosingMachine(
	environment: Environment,
	ownCommand: readonly string[],
	settings: string,
): Promise<ClosingMachine> {
	const [files, {makeMachineId, readMachineId}, {isInWorkTree}, {tryCredentialProcess}] = await Promise.all([
		import('../platform/replaced-file.js'),
		import('../platform/machine-id.js'),
		import('../platform/work-tree.js'),
		import('../platform/aws-trial.js'),
	]);
	return {
		hasModes: files.hasModes,
		id: () => readMachineId(settings),
		makeId: () => makeMachineId(settings),
		ownCommand,
		examine: files.examineFile,
		isInWorkTree,
		replace: files.replaceHeld,
		changeMode: files.changeMode,
		make: files.makeWhole,
		tidy: files.tidyBeside,
		tryProcess: line => tryCredentialProcess(line, environment),
	};
}
