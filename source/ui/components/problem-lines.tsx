import type {Problem} from '../../app/core/failure.js';
import {shortened, wrap} from '../../app/layout/text.js';
import {visible} from '../../text/visible.js';
import {useGlyphs} from '../theme.js';
import {Paragraph} from './styled.js';

/** Most UTF-16 units shown of a problem: it may quote long input. Its end says how to continue. */
const longest = 400;

/** A problem's text as it is shown. */
export function problemText({text}: Problem): string {
	return visible(shortened(text, longest));
}

/** How many rows a problem takes. */
export function problemRows(problem: Problem | undefined, width: number): number {
	return problem === undefined ? 0 : wrap(`! ${problemText(problem)}`, width).length;
}

/** A problem, wrapped over as many rows as it takes: its end says how to continue. */
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
