import {Box} from 'ink';
import type {Layout} from '../../app/layout/layout.js';
import {wrap} from '../../app/layout/text.js';
import {Dialog, dialogWidth} from '../components/dialog.js';
import {Paragraph, Styled} from '../components/styled.js';

/** Asks before a draft is lost; the default keeps it. */
export function DiscardView({layout, what}: {readonly layout: Layout; readonly what: string}) {
	const wish = 54;
	const width = dialogWidth(layout, wish) - 4;
	return (
		<Dialog title="Discard the draft?" layout={layout} rows={wrap(what, width).length + 2} width={wish}>
			<Paragraph width={width}>{what}</Paragraph>
			<Box height={1} />
			<Box height={1} flexShrink={0} justifyContent="space-between">
				<Box flexShrink={0}>
					<Styled tone="key">esc</Styled>
					<Styled> keep it</Styled>
				</Box>
				<Box flexShrink={0}>
					<Styled tone="key">y</Styled>
					<Styled tone="danger"> discard</Styled>
				</Box>
			</Box>
		</Dialog>
	);
}
