import assert from 'node:assert/strict';
import type {Provider} from '../../source/providers/provider.js';

/** That a provider's guide names pages over https, and commands of these programs that can be pasted as they are. */
export function assertGuide({guide}: Provider, programs: readonly string[]): void {
	assert.ok(guide);
	assert.match(guide.page, /^https:\/\/[^ ]+$/);
	assert.match(guide.revoke, /^https:\/\/[^ ]+$/);
	assert.ok(guide.sections.some(({commands}) => !commands));
	const sections = [...guide.sections, ...(guide.another ?? [])];
	for (const line of sections.flatMap(({commands, lines}) => (commands ? lines : []))) {
		assert.ok(programs.includes(line.split(' ')[0] ?? ''), line);
		assert.doesNotMatch(line, /[<>|…]/);
		assert.equal((line.match(/'/g) ?? []).length % 2, 0, line);
	}
}
