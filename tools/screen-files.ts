import {openScene, type Scene, scenes} from '../test/helpers/scenes.js';
import type {Frame} from './cells.js';
import {frameSvg} from './svg.js';
import {tour} from './tour.js';

/** The folder of the screenshots. */
export const screensFolder = new URL('../docs/screens/', import.meta.url);

/** The frame of a scene, in a window of the scene's size unless `options` gives another. */
export async function sceneFrame(scene: Scene, options: Parameters<typeof openScene>[1] = {}): Promise<Frame> {
	const terminal = await openScene(scene, options);
	try {
		return terminal.frame();
	} finally {
		terminal.close();
	}
}

/** The expected files of docs/screens: name to content. */
export async function screenFiles(): Promise<ReadonlyMap<string, string>> {
	const files = new Map([['tour.svg', await tour()]]);
	for (const scene of scenes.filter(({screen}) => screen === true)) {
		files.set(`${scene.id}.svg`, frameSvg(await sceneFrame(scene), scene.title));
	}
	return files;
}
