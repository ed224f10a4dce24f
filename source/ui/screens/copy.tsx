import {Box} from 'ink';
import {type Layout, scrollTo} from '../../app/layout/layout.js';
import {beginning} from '../../app/layout/text.js';
import {type CopyScreen, copyRows} from '../../app/screens/copy.js';
import {maskWidth} from '../../domain/mask.js';
import {visible} from '../../text/visible.js';
import {Dialog, dialogWidth} from '../components/dialog.js';
import {Styled} from '../components/styled.js';
import {TableRow} from '../components/table.js';
import {useGlyphs} from '../theme.js';

/** Asks which field to copy; secrets stay masked. */
export function CopyView({screen, layout}: {readonly screen: CopyScreen; readonly layout: Layout}) {
	const {mask} = useGlyphs();
	const rows = copyRows(screen.credential);
	const width = dialogWidth(layout) - 4;
	const label = Math.min(22, Math.floor(width / 2));
	const columns = [
		{title: 'field', cells: label},
		{title: 'value', cells: width - 3 - label},
	];
	const height = Math.max(1, Math.min(rows.length, layout.bodyHeight - 4));
	const top = scrollTo(screen.choice, 0, height, rows.length);
	return (
		<Dialog title={`Copy which field of ${visible(screen.credential.name)}?`} layout={layout} rows={height + 2}>
			{rows.slice(top, top + height).map(({field, shown}, index) => (
				<TableRow
					key={field.key}
					columns={columns}
					selected={top + index === screen.choice}
					texts={[
						visible(field.label),
						shown === undefined ? mask.repeat(maskWidth) : visible(beginning(shown, width)),
					]}
				/>
			))}
			<Box height={1} flexShrink={0} />
			<Styled tone="dim">A secret is cleared after a while.</Styled>
		</Dialog>
	);
}
