import type {Problem} from '../../app/screen.js';
import {visible} from '../../domain/visible.js';
import {useGlyphs} from '../theme.js';
import {Paragraph} from './styled.js';

/** What stands in the way, over as many rows as it takes: how to go on stands at its end. */
export function ProblemLines({problem, width}: {readonly problem: Problem | undefined; readonly width: number}) {
	const {failed, warning} = useGlyphs();
	if (problem === undefined) return null;
	const odd = problem.severity === 'odd';
	return (
		<Paragraph width={width} tone={odd ? 'warning' : 'danger'}>
			{`${odd ? warning : failed} ${visible(problem.text)}`}
		</Paragraph>
	);
}
