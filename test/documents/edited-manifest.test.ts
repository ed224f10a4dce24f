import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isCancelled, manifestForEditing, withProblem} from '../../source/documents/edited-manifest.js';
import {readManifest, renderYaml} from '../../source/documents/manifest.js';
import {clear, credential} from './samples.js';

test('the edited text is the manifest below a comment, and reads back the same', () => {
	const before = credential({note: 'a # b', labels: new Map([['team', 'x']])});
	const text = manifestForEditing(before);
	assert.ok(text.endsWith(renderYaml(before)));
	assert.match(text, /^# .*\n# .*ignored.*empty file cancels/);
	const read = readManifest(text);
	assert.deepEqual(clear(read.data), clear(before.data));
	assert.deepEqual([read.name, read.note, read.created], [before.name, before.note, before.created]);
});

test('puts a problem at the top, once, on one line', () => {
	const text = manifestForEditing(credential());
	const once = withProblem(text, 'line 3: bad\nname: \u001b[31m');
	assert.equal(once, `# problem: line 3: bad\\nname: \\u001b[31m\n${text}`);
	assert.equal(withProblem(once, 'other'), `# problem: other\n${text}`);
	assert.equal(
		withProblem(`\uFEFF${once.replaceAll('\n', '\r\n')}`, 'other'),
		`# problem: other\n${text.replaceAll('\n', '\r\n')}`,
	);
	assert.deepEqual(clear(readManifest(once).data), clear(credential().data));
});

test('a text of only comments cancels', () => {
	for (const text of ['', '\n', '# a\n  # b\r\n\r\n', '\uFEFF# a']) assert.equal(isCancelled(text), true);
	assert.equal(isCancelled(manifestForEditing(credential())), false);
	assert.equal(isCancelled('# a\nb'), false);
	const onlyHeader = withProblem(manifestForEditing(credential()), 'x').replace(/^[^#].*$/gm, '');
	assert.equal(isCancelled(onlyHeader), true);
});
