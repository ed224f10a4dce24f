import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {Box, Text} from 'ink';
import {render} from 'ink-testing-library';
import {size} from '../../helpers/rounds.js';

/** A part of a text: one with a colour is a text of its own, which may hold another part. */
type Part = {readonly text: string; readonly color?: string; readonly within?: string};

function Parts({parts}: {readonly parts: readonly Part[]}) {
	return (
		<Box width={12}>
			<Text wrap="truncate">
				{parts.map(({text, color, within}, index) =>
					color === undefined ? (
						text
					) : (
						<Text key={index} color={color}>
							{text}
							{within === undefined ? null : <Text bold>{within}</Text>}
						</Text>
					),
				)}
			</Text>
		</Box>
	);
}

const text = fc.constantFrom('', 'a', 'bc', 'a\nb', '漢', '\t', 'a longer text');
const part = fc.record({text, color: fc.constantFrom('red', 'green'), within: text}, {requiredKeys: ['text']});

test('a text whose parts change is drawn as one that is new', () => {
	fc.assert(
		fc.property(fc.array(fc.array(part, {maxLength: 4}), {minLength: 2, maxLength: 5}), states => {
			const kept = render(<Parts parts={[]} />);
			for (const parts of states) {
				kept.rerender(<Parts parts={parts} />);
				const anew = render(<Parts parts={parts} />);
				assert.equal(kept.lastFrame(), anew.lastFrame());
				anew.unmount();
			}
			kept.unmount();
		}),
		{numRuns: size(100, 5000)},
	);
});
