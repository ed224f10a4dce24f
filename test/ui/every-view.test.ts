import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';

/** Folders with what is drawn, and where its tests are. */
const folders = ['ui/screens', 'ui/components'] as const;

test('every view and component has a test file of its name that imports it', () => {
	for (const folder of folders) {
		const root = new URL(`../../source/${folder}`, import.meta.url);
		const files = readdirSync(root, {recursive: true, encoding: 'utf8'})
			.filter(file => file.endsWith('.tsx'))
			.map(file => file.replaceAll('\\', '/'));
		assert.ok(files.length > 0, folder);
		for (const file of files) {
			const name = file.replace(/\.tsx$/, '');
			const path = new URL(`../${folder}/${name}.test.tsx`, import.meta.url);
			assert.ok(existsSync(path), `test/${folder}/${name}.test.tsx is missing`);
			assert.ok(readFileSync(path, 'utf8').includes(`source/${folder}/${name}.js'`), `${name}.test.tsx tests another`);
		}
	}
});
