import {openScene, type Scene, scenes} from '../test/helpers/scenes.js';
import type {Frame} from './cells.js';
import {frameSvg} from './svg.js';

/** Where the pictures are. */
export const screensFolder = new URL('../docs/screens/', import.meta.url);

/** What a scene shows, in a window of its own size unless `options` says otherwise. */
export async function sceneFrame(scene: Scene, options: Parameters<typeof openScene>[1] = {}): Promise<Frame> {
	const terminal = await openScene(scene, options);
	try {
		return terminal.frame();
	} finally {
		terminal.close();
	}
}

/** Every file of docs/screens as it should be: name to content. */
export async function screenFiles(): Promise<ReadonlyMap<string, string>> {
	const files = new Map<string, string>();
	for (const scene of scenes.filter(({screen}) => screen === true)) {
		files.set(`${scene.id}.svg`, frameSvg(await sceneFrame(scene), scene.title));
	}
	return files;
}
