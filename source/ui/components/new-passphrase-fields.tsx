import {lineText} from '../../app/input/line-editor.js';
import type {NewPassphrase} from '../../app/screens/new-passphrase.js';
import {passphraseStrength} from '../../domain/strength.js';
import {useGlyphs} from '../theme.js';
import {Gap} from './dialog.js';
import {PassphraseField} from './passphrase-field.js';
import {Spinner} from './spinner.js';
import {Paragraph} from './styled.js';

const tones = {weak: 'danger', fair: 'warning', good: 'done', strong: 'done'} as const;

type Props = {
	readonly typed: NewPassphrase;
	/** What the first field is called. */
	readonly label: string;
	/** What is under way while the screen is busy. */
	readonly work: string;
	readonly now: number;
	readonly width: number;
	/** There is no room for empty rows, nor for the strength beside a problem. */
	readonly compact: boolean;
};

/** Both fields of a new passphrase, how strong it is, and what is wrong or under way. */
export function NewPassphraseFields({typed, label, work, now, width, compact}: Props) {
	const {failed} = useGlyphs();
	const {focus, shown, busy, problem} = typed;
	const passphrase = lineText(typed.passphrase);
	const strength = passphraseStrength(passphrase);
	return (
		<>
			<PassphraseField
				label={label}
				line={typed.passphrase}
				shown={shown && !busy}
				focused={focus === 'passphrase' && !busy}
				width={width}
			/>
			<PassphraseField
				label="Once more"
				line={typed.again}
				shown={shown && !busy}
				focused={focus === 'again' && !busy}
				width={width}
			/>
			<Gap compact={compact} />
			{compact && (busy || problem !== undefined) ? null : (
				<Paragraph width={width} tone={passphrase === '' ? 'dim' : tones[strength.level]}>
					{passphrase === '' ? 'Four or more random words are good.' : `${strength.level}: ${strength.advice}`}
				</Paragraph>
			)}
			{busy ? (
				<Spinner now={now} text={work} />
			) : (
				<Paragraph width={width} tone="danger">
					{problem === undefined ? ' ' : `${failed} ${problem}`}
				</Paragraph>
			)}
		</>
	);
}
