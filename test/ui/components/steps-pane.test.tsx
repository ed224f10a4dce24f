import assert from 'node:assert/strict';
import {test} from 'node:test';
import {layout} from '../../../source/app/layout/layout.js';
import {gap, labelled, line, type MarkedLine} from '../../../source/app/screens/rotate/marked-lines.js';
import {StepsPane} from '../../../source/ui/components/steps-pane.js';
import {frameOf} from '../../helpers/frame.js';

const steps: readonly MarkedLine[] = [
	labelled('signs', 'admin'),
	gap,
	line('a group', 'done'),
	line('a user whose name is so long that it does not fit into one row of a window of sixty', 'now'),
	line('a key', 'todo'),
];

const shown = (lines: readonly MarkedLine[], top = 0, running?: number): string =>
	frameOf(
		<StepsPane title="Steps" lines={lines} top={top} running={running} layout={layout({columns: 60, rows: 14})} />,
		{columns: 60, rows: 14},
	);

test('each step has its mark, and what is long goes on below its text', () => {
	assert.match(
		shown(steps),
		/│ {3}signs {5}admin +│[\s\S]*│ ✓ a group +│\n│ ● a user whose name [^│]*│\n│ {3}\S[^│]*sixty +│\n│ ○ a key/,
	);
});

test('what runs now turns', () => {
	const at = (time: number): string | undefined => /│ (\S) a user/.exec(shown(steps, 0, time))?.[1];
	assert.notEqual(at(0), at(100));
});

test('more lines than fit are told of, and a chosen one is in sight, or the one that runs', () => {
	const many = Array.from({length: 30}, (_, index) => line(`line ${index + 1}.`, index === 28 ? 'chosen' : 'none'));
	assert.match(shown(many), /❯ line 29\./);
	const now = many.map(({text}, index) => line(text, index === 20 ? 'now' : 'todo'));
	assert.match(shown(now, 0, 0), /line 21\./);
	assert.doesNotMatch(shown(now), /line 21\./);
	const none = many.map(({text}) => line(text));
	assert.match(shown(none), /Steps · ↓ \d+ more[\s\S]*line 1\./);
	assert.match(shown(none, 100), /line 30\./);
});
