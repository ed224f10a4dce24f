import {type Line, lineText} from '../../app/input/line-editor.js';
import {cut, labelledFrame} from '../../app/layout/text.js';
import {visible} from '../../text/visible.js';
import {useGlyphs} from '../theme.js';
import {Labelled} from './labelled.js';
import {Styled} from './styled.js';
import {TextField} from './text-field.js';

/** The width of its label. */
export const passphraseLabel = 10;

type Props = {
	readonly label: string;
	readonly line: Line;
	readonly shown: boolean;
	readonly focused: boolean;
	/** Width of the whole row, label included. */
	readonly width: number;
};

export function PassphraseField({label, line, shown, focused, width}: Props) {
	const {cursor, mask} = useGlyphs();
	const room = Math.max(8, width - passphraseLabel - labelledFrame);
	return (
		<Labelled label={label} labelWidth={passphraseLabel} signs={focused ? cursor : ''}>
			{focused ? (
				<TextField line={line} width={room} masked={!shown} />
			) : (
				<Styled>{shown ? cut(visible(lineText(line)), room) : mask.repeat(Math.min(room, line.text.length))}</Styled>
			)}
		</Labelled>
	);
}
