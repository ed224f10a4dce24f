import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ProblemLines, problemText} from '../../../source/ui/components/problem-lines.js';
import {frameOf} from '../../helpers/frame.js';

const lines = (severity: 'wrong' | 'odd', text: string, ascii = false): string =>
	frameOf(<ProblemLines problem={{severity, text}} width={30} />, {ascii});

test('wrong and odd problems have different signs', () => {
	assert.equal(lines('wrong', 'a name is missing'), '✖ a name is missing');
	assert.equal(lines('odd', 'this has 9'), '! this has 9');
	assert.equal(lines('wrong', 'a name is missing', true), 'x a name is missing');
});

test('nothing is drawn without a problem', () => {
	assert.equal(frameOf(<ProblemLines problem={undefined} width={30} />), '');
});

test('a problem takes as many rows as it needs', () => {
	assert.equal(
		lines('wrong', 'the file exists already; choose another name'),
		'✖ the file exists already;\nchoose another name',
	);
});

test('a long problem is cut in the middle and keeps the hint at its end', () => {
	const text = problemText({severity: 'wrong', text: `${'x'.repeat(5000)}; enter again to keep it`});
	assert.equal(text.length, 401);
	assert.match(text, /^x+…x+; enter again to keep it$/);
});

test('unsafe characters in a problem are escaped', () => {
	assert.equal(lines('odd', 'a\u001b[2J\u202eb'), '! a\\u001b[2J\\u202eb');
});
