/** Whether this system can stop a program and go on with it later. */
export const canSuspend = process.platform !== 'win32';

/**
 * Stops this process, as Ctrl-Z does, until it is continued with `fg`. The terminal must be given back before.
 */
export async function stopProcess(): Promise<void> {
	// Nothing else keeps the event loop alive meanwhile, and an empty loop would end the program at `fg`.
	const keepAlive = setInterval(() => {}, 2 ** 30);
	await new Promise<void>(resume => {
		process.once('SIGCONT', () => {
			// A stopped job is not told that the window was resized.
			process.kill(process.pid, 'SIGWINCH');
			setTimeout(resume, 10);
		});
		// SIGTSTP is dropped for a process group without a controlling shell.
		process.kill(process.pid, 'SIGSTOP');
	});
	clearInterval(keepAlive);
}
