import type {openProgram} from './program.js';

const hasty = /Nothing is done yet: read it/;

/** Answers yes to a question of the app: one that was there too short to be read is not answered. */
export async function agree(app: ReturnType<typeof openProgram>, then: RegExp): Promise<void> {
	for (;;) {
		app.press('y');
		await app.see(new RegExp(`${hasty.source}|${then.source}`));
		if (then.test(app.text())) return;
		await app.gone(hasty);
	}
}
