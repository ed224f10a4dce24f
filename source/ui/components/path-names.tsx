import {Box} from 'ink';
import {type Completion, nameRows, offered} from '../../app/core/path-completion.js';
import type {Line} from '../../app/input/line-editor.js';
import {fit} from '../../app/layout/text.js';
import {Styled} from './styled.js';

type Props = {
	readonly line: Line;
	readonly completion: Completion | undefined;
	readonly width: number;
	readonly rows: number;
};

/** The names with which a typed path can go on; nothing once the path is another. */
export function PathNames({line, completion, width, rows}: Props) {
	const names = offered(line, completion);
	if (names === undefined || rows < 1) return null;
	return (
		<Box flexDirection="column" flexShrink={0}>
			{nameRows(names, width, rows).map(row => (
				<Styled key={row} tone="dim">
					{fit(row, width)}
				</Styled>
			))}
		</Box>
	);
}
