import assert from 'node:assert/strict';
import {test} from 'node:test';
import {wordlist} from '@scure/bip39/wordlists/english.js';
import {pageOf} from '../../source/commands/on-paper.js';
import {paper} from '../../source/commands/team/recovery-member.js';

/** 24 words, the longest ones. */
const words = wordlist.filter(word => word.length === 8).slice(0, 24);
const page = pageOf(paper(words));

/** The rows that the page takes in a window, where the terminal breaks its lines. */
function rowsIn(columns: number, rows: number): readonly string[] | undefined {
	return page({columns, rows})?.flatMap(line => line.match(new RegExp(`.{1,${columns}}`, 'g')) ?? ['']);
}

test('the recovery words stand whole in every window, with room for the question, or none of them does', () => {
	const isShown = (columns: number, rows: number): boolean => {
		const lines = rowsIn(columns, rows);
		if (lines === undefined) return false;
		assert.ok(lines.length < rows, `${columns}×${rows}`);
		const text = lines.join('\n');
		for (const [index, word] of words.entries()) assert.match(text, new RegExp(`(^| )${index + 1} +${word}( |$)`, 'm'));
		return true;
	};
	for (let columns = 12; columns <= 160; columns += 4) for (let rows = 4; rows <= 40; rows++) isShown(columns, rows);
	for (const [columns, rows] of [
		[80, 24],
		[80, 12],
		[80, 8],
		[40, 12],
		[140, 7],
	] as const)
		assert.ok(isShown(columns, rows), `${columns}×${rows}`);
	assert.ok(!isShown(80, 5));
});

test('in a low window the words come in more columns, and what they are for still stands below', () => {
	assert.equal(rowsIn(80, 24)?.length, 18);
	const low = rowsIn(80, 12) ?? [];
	assert.match(low.join(' '), /Recovery words of a shared[\s\S]*team join URL --recovery[\s\S]*not shown again/);
	assert.equal(low.filter(line => line === '').length, 0);
});
