import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {test} from 'node:test';
import {globalFlags} from '../../source/commands/global-options.js';
import {browse, commands} from '../../source/commands/table.js';
import {exitCodes} from '../../source/domain/errors.js';
import {manPage} from '../../tools/man-page.js';

const page = manPage('1.2.3');

/** The page as a terminal shows it, in wide lines. Throws `Error` where groff is missing that tests need. */
function shown(text: string): {readonly lines: string; readonly warnings: string} | undefined {
	const args = ['-man', '-Tutf8', '-ww', '-rLL=400n', '-P-cbou'];
	const {stdout, stderr, error} = spawnSync('groff', args, {input: text, encoding: 'utf8'});
	if (error !== undefined && process.env.CI) throw new Error('groff is needed and is not installed');
	return error === undefined ? {lines: stdout, warnings: stderr} : undefined;
}

test('the man page has every command with its flags and examples, as they are typed', context => {
	const read = shown(page);
	if (read === undefined) return context.skip('SKIPPED: GROFF IS NOT INSTALLED, so nobody has read the man page');
	assert.equal(read.warnings, '');
	const unindented = read.lines.replace(/\n +/g, '\n');
	for (const {usage, flags, examples, isHidden} of [browse, ...commands]) {
		if (isHidden) continue;
		assert.ok(read.lines.includes(usage), usage);
		for (const {spelling} of [...flags, ...globalFlags])
			assert.ok(read.lines.includes(spelling.replace(/[<>]/g, '')), `${usage}: ${spelling}`);
		for (const [line, does] of examples) assert.ok(unindented.includes(`\n# ${does}\n${line}\n`), line);
	}
	for (const code of new Set(Object.values(exitCodes)))
		assert.match(read.lines, new RegExp(`^ +(?:\\d+, )?${code}(?:, \\d+)?(?: |$)`, 'm'));
	assert.match(read.lines, /pharmer 1\.2\.3/);
});

test('nothing of the texts is a request of roff', () => {
	const requests = new Set(
		page
			.split('\n')
			.filter(line => /^['.]/.test(line))
			.map(line => line.split(' ')[0]),
	);
	assert.deepEqual([...requests].sort(), ['.B', '.PP', '.RE', '.RS', '.SH', '.SS', '.TH', '.TP', '.\\"', '.fi', '.nf']);
	assert.match(page, /^[\n -~]+$/);
});
