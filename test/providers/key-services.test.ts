import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {keyServices} from '../../source/providers/key-services.js';
import {probes} from '../../source/providers/probes.js';
import {clouds} from '../helpers/clouds/clouds.js';

test('the page about rotation says of each provider what its keys can do', () => {
	const page = readFileSync(new URL('../../docs/rotate.md', import.meta.url), 'utf8');
	const rows = [...page.matchAll(/^\| `(\w+)` \| (yes|no) \| (asked about|mark|can't be) \|/gm)];
	assert.deepEqual(
		rows.map(([, ...cells]) => cells),
		[...keyServices].map(([id, {disable, choose, isMarked}]) => [
			id,
			disable === undefined ? 'no' : 'yes',
			choose !== undefined ? "can't be" : isMarked ? 'mark' : 'asked about',
		]),
	);
});

test('each provider whose keys are replaced can be asked whether one works, and has a fake that keeps its rules', () => {
	for (const [id, {disable, enable}] of keyServices) {
		assert.ok(probes.has(id), id);
		assert.ok(clouds.has(id), id);
		assert.equal(disable === undefined, enable === undefined, `${id}: what is switched off can be switched on`);
	}
});
