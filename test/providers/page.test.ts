import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {providersPage} from '../helpers/providers-page.js';

test('docs/providers.md matches the catalog', () => {
	const page = readFileSync(new URL('../../docs/providers.md', import.meta.url), 'utf8');
	assert.equal(page, providersPage(), 'run `npm run providers`');
});
