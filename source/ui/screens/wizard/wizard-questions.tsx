import {Box} from 'ink';
import {draftData, fieldFor, fieldValue} from '../../../app/core/draft-fields.js';
import type {Line} from '../../../app/input/line-editor.js';
import type {WizardScreen} from '../../../app/screens/wizard/wizard-screen.js';
import {needText} from '../../../credentials/check.js';
import {forRules} from '../../../domain/field-limit.js';
import {maskWidth} from '../../../domain/mask.js';
import {valuesOf} from '../../../providers/data.js';
import {visible} from '../../../text/visible.js';
import {Paragraph, Styled} from '../../components/styled.js';
import {TextField} from '../../components/text-field.js';
import {type Tone, useGlyphs} from '../../theme.js';

type TextQuestionProps = {
	readonly title: string;
	readonly line: Line;
	readonly placeholder: string;
	readonly help: string;
	readonly tone: Tone;
	readonly width: number;
};

/** Help below an answer. */
function Help({tone, text, width}: {readonly tone: Tone; readonly text: string; readonly width: number}) {
	return (
		<Box paddingLeft={2} flexShrink={0}>
			<Paragraph tone={tone} width={Math.max(8, width - 2)}>
				{text}
			</Paragraph>
		</Box>
	);
}

/** A question answered by typing. */
export function TextQuestion({title, line, placeholder, help, tone, width}: TextQuestionProps) {
	const {cursor} = useGlyphs();
	return (
		<Box flexDirection="column" flexShrink={0}>
			<Styled tone="title">{title}</Styled>
			<Box height={1} flexShrink={0}>
				<Styled tone="accent">{`${cursor} `}</Styled>
				<TextField line={line} width={Math.max(8, width - 2)} masked={false} placeholder={placeholder} />
			</Box>
			{help === '' ? null : <Help tone={tone} text={help} width={width} />}
		</Box>
	);
}

/** One field of the credential: its label, its text or a mask, and help unless there is a problem. */
export function FieldQuestion({screen, width}: {readonly screen: WizardScreen; readonly width: number}) {
	const {cursor, mask} = useGlyphs();
	const draft = screen.fields[screen.focus];
	if (draft === undefined || screen.provider === undefined) return null;
	const field = fieldFor(screen.provider, draft);
	const hidden = field.secret && !screen.shown;
	const length = draft.line.text.length;
	const wholeNeed = needText(screen.provider, field, valuesOf(draftData(screen.provider, screen.fields)));
	const need = field.label.length + wholeNeed.length + 2 <= width ? wholeNeed : 'optional';
	const told = field.tells?.(forRules(fieldValue(draft)));
	const count = hidden && length > 0 ? `${length} typed; ` : '';
	return (
		<Box flexDirection="column" flexShrink={0}>
			<Box height={1} flexShrink={0}>
				<Styled tone="title">{visible(field.label)}</Styled>
				<Styled tone="dim">{need === '' ? '' : `  ${need}`}</Styled>
			</Box>
			<Box height={1} flexShrink={0}>
				<Styled tone="accent">{`${cursor} `}</Styled>
				{hidden && draft.untouched && fieldValue(draft) !== '' ? (
					<Styled tone="selected">{mask.repeat(maskWidth)}</Styled>
				) : (
					<TextField line={draft.line} width={Math.max(8, width - 2)} masked={hidden} />
				)}
			</Box>
			{screen.problem === undefined ? <Help tone="dim" text={`${count}${told ?? field.help}`} width={width} /> : null}
		</Box>
	);
}
