import {Box} from 'ink';
import type {Layout} from '../../app/layout/layout.js';
import {wrap} from '../../app/layout/text.js';
import {Dialog, dialogWidth, Gap, isCompact} from './dialog.js';
import {Paragraph, Styled} from './styled.js';

type Props = {
	readonly title: string;
	/** What a yes leads to. */
	readonly what: string;
	/** What `esc` and the yes key do. */
	readonly no: string;
	readonly yes: string;
	readonly yesKey?: string;
	readonly layout: Layout;
};

const wish = 54;

/** A question in a dialog of its own; only one key is yes. */
export function QuestionDialog({title, what, no, yes, yesKey = 'y', layout}: Props) {
	const width = dialogWidth(layout, wish) - 4;
	const rows = wrap(what, width).length + 2;
	return (
		<Dialog title={title} layout={layout} rows={rows} width={wish}>
			<Paragraph width={width}>{what}</Paragraph>
			<Gap compact={isCompact(layout, rows)} />
			<Box height={1} flexShrink={0} justifyContent="space-between">
				<Box flexShrink={0}>
					<Styled tone="key">esc</Styled>
					<Styled>{` ${no}`}</Styled>
				</Box>
				<Box flexShrink={0}>
					<Styled tone="key">{yesKey}</Styled>
					<Styled tone="danger">{` ${yes}`}</Styled>
				</Box>
			</Box>
		</Dialog>
	);
}
