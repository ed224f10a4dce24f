import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Help} from 'commander';
import {helpText} from '../../source/commands/help-page.js';
import {buildProgram, helpPages, parseCommandLine} from '../../source/commands/program.js';

const widths = Array.from({length: 41}, (_, index) => 60 + index);
const pages = helpPages();

test('the help of every command is what commander lays out, to the byte, at every width', () => {
	const {program, leaves} = buildProgram({version: '', width: 80}, {stdout() {}, stderr() {}}, () => {});
	const groups = program.commands.filter(({commands}) => commands.length > 0).map(each => [each.name(), each] as const);
	const all = [['', program] as const, ...groups, ...leaves.map(each => [each.command.verb, each.commander] as const)];
	assert.deepEqual([...pages.keys()].sort(), all.map(([verb]) => verb).sort());
	for (const [verb, commander] of all) {
		for (const width of widths) {
			const page = pages.get(verb);
			assert.ok(page);
			const helper = Object.assign(commander.createHelp(), {helpWidth: width});
			const [own = ''] = helpText(page, width).split('Examples:');
			assert.equal(own, `${Help.prototype.formatHelp.call(helper, commander, helper)}\n`, `${verb} at ${width}`);
		}
	}
});

test('every way to ask for the help of a command gives its page', () => {
	for (const [verb, page] of pages) {
		const text = helpText(page, 80);
		const lines = [`${verb} --help`, `${verb} -h`, ...(/^$| /.test(verb) ? [] : [`help ${verb}`])];
		for (const line of lines) {
			const parsed = parseCommandLine(line.split(' ').filter(Boolean), {version: '', width: 80});
			assert.deepEqual(parsed, {verb: 'help', stdout: text, stderr: '', exitCode: 0}, line);
		}
	}
});
