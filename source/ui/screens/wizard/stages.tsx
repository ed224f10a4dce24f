import {Box} from 'ink';
import {Styled} from '../../components/styled.js';
import {useGlyphs} from '../../theme.js';

const stages = ['provider', 'name', 'from', 'fields', 'review'] as const;

/** The stages of the wizard, of which so many are done, in one row. */
export function Stages({stage, width}: {readonly stage: number; readonly width: number}) {
	const {done, current, todo} = useGlyphs();
	const narrow = width < 56;
	return (
		<Box height={1} flexShrink={0}>
			{stages.map((title, index) => {
				const sign = index < stage ? done : index === stage ? current : todo;
				const tone = index < stage ? 'done' : index === stage ? 'title' : 'dim';
				const text = narrow && index !== stage ? sign : `${sign} ${title}`;
				return (
					<Box key={title} flexShrink={0}>
						<Styled tone={tone}>{`${text}   `}</Styled>
					</Box>
				);
			})}
		</Box>
	);
}
