import type {Problem} from '../../app/screen.js';
import {shortened} from '../../app/text.js';
import {visible} from '../../text/visible.js';
import {useGlyphs} from '../theme.js';
import {Paragraph} from './styled.js';

/**
 * Most units of a problem that are shown: it may tell what was typed, which may be long. How to go on stands at its
 * end.
 */
const longest = 400;

/** A problem as it is shown. */
export function problemText({text}: Problem): string {
	return visible(shortened(text, longest));
}

/** What stands in the way, over as many rows as it takes: how to go on stands at its end. */
export function ProblemLines({problem, width}: {readonly problem: Problem | undefined; readonly width: number}) {
	const {failed, warning} = useGlyphs();
	if (problem === undefined) return null;
	const odd = problem.severity === 'odd';
	return (
		<Paragraph width={width} tone={odd ? 'warning' : 'danger'}>
			{`${odd ? warning : failed} ${problemText(problem)}`}
		</Paragraph>
	);
}
