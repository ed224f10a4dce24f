import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {realpathSync} from 'node:fs';
import type {Environment} from '../domain/environment.js';
import {PharmerError} from '../domain/errors.js';
import {chosenEditor, discreetArguments, splitCommand} from './editor-command.js';
import {holdInterrupts, undoAtEnd} from './ending.js';
import {findProgram} from './find-program.js';
import {childEnvironment} from './own-secrets.js';
import {makeScratchFile} from './scratch-file.js';

/** A text in the user's editor, which can be edited several times. */
export type Editing = {
	/** Whether the text is on a disk while it is edited. */
	readonly onDisk: boolean;
	/**
	 * The text after the editor has closed. Throws `file` when it can't be run, `cancelled` when it reports a
	 * failure.
	 */
	edit(text: string): Promise<string>;
	/** Removes every trace of the text. */
	close(): void;
};

const isWindows = process.platform === 'win32';

/**
 * Program and arguments. On Windows, command lines are split in another way and editors are often scripts, so its
 * shell runs them. Throws `file` when there is no such program.
 */
function commandLine(editor: string, path: string, environment: Environment): readonly [string, readonly string[]] {
	if (isWindows) {
		return [environment.ComSpec ?? 'cmd.exe', ['/d', '/s', '/c', `"${editor} "${path}""`]];
	}
	const [program = 'vi', ...given] = splitCommand(editor);
	const found = findProgram(program, environment, process.platform);
	if (found === undefined) throw cannotRun(editor, 'ENOENT');
	// Through links: `vi` may well be vim.
	return [found, [...given, ...discreetArguments(program, realpathSync(found)), path]];
}

function cannotRun(editor: string, code: string): PharmerError {
	return new PharmerError('file', `the editor \`${editor}\` can't be run: ${code}`, 'set VISUAL or EDITOR to another');
}

async function run(editor: string, path: string, environment: Environment): Promise<void> {
	const [program, given] = commandLine(editor, path, environment);
	const child = spawn(program, given, {
		stdio: 'inherit',
		// With it, cmd.exe does not look for programs in the current directory.
		env: {...childEnvironment(environment), ...(isWindows && {NoDefaultCurrentDirectoryInExePath: '1'})},
		windowsVerbatimArguments: isWindows,
	});
	const release = holdInterrupts();
	const callOff = undoAtEnd(() => child.kill());
	try {
		const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
		if (code === 0) return;
		const how = code === null ? `was ended by ${signal}` : `ended with code ${code}`;
		throw new PharmerError('cancelled', `the editor ${how}: nothing was changed`);
	} catch (error) {
		if (error instanceof PharmerError) throw error;
		throw cannotRun(editor, (error as NodeJS.ErrnoException).code ?? 'an unknown error');
	} finally {
		callOff();
		release();
	}
}

/** Prepares to edit a text with secrets in VISUAL or EDITOR. Throws `file` when no file for it can be made. */
export function openEditor(environment: Environment): Editing {
	const editor = chosenEditor(environment, process.platform);
	const file = makeScratchFile(environment);
	return {
		onDisk: file.onDisk,
		async edit(text) {
			await file.write(text);
			await run(editor, file.path, environment);
			return file.read();
		},
		close: () => file.remove(),
	};
}
