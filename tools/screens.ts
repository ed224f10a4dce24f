// Draws the scenes marked `screen` into docs/screens and deletes files no scene has: `npm run screens`.
import {mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import process from 'node:process';
import {screenFiles, screensFolder} from './screen-files.js';

const files = await screenFiles();
mkdirSync(screensFolder, {recursive: true});
for (const name of readdirSync(screensFolder)) {
	if (!files.has(name)) rmSync(new URL(name, screensFolder));
}
for (const [name, svg] of files) writeFileSync(new URL(name, screensFolder), svg);
process.stderr.write(`docs/screens: ${files.size} files\n`);
