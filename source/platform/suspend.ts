/** Whether this system can stop a program and continue it later. */
export const canSuspend = process.platform !== 'win32';

/** Stops this process, as Ctrl-Z does, until `fg` continues it. Give the terminal back first. */
export async function stopProcess(): Promise<void> {
	// Nothing else keeps the event loop alive in the meantime, and an empty loop would end the program at `fg`.
	const keepAlive = setInterval(() => {}, 2 ** 30);
	await new Promise<void>(resume => {
		process.once('SIGCONT', () => {
			// A stopped job is not told when the window is resized.
			process.kill(process.pid, 'SIGWINCH');
			setTimeout(resume, 10);
		});
		// SIGTSTP is dropped for a process group without a controlling shell.
		process.kill(process.pid, 'SIGSTOP');
	});
	clearInterval(keepAlive);
}
