import type {State} from '../../app/core/state.js';
import {lineText} from '../../app/input/line-editor.js';
import type {Layout} from '../../app/layout/layout.js';
import type {FirstRunScreen} from '../../app/screens/first-run.js';
import {passphraseStrength} from '../../domain/strength.js';
import {visible} from '../../text/visible.js';
import {Dialog, dialogWidth, Gap, isCompact} from '../components/dialog.js';
import {PassphraseField} from '../components/passphrase-field.js';
import {Spinner} from '../components/spinner.js';
import {Paragraph, Styled} from '../components/styled.js';
import {useGlyphs} from '../theme.js';

const rows = 11;

const tones = {weak: 'danger', fair: 'warning', good: 'done', strong: 'done'} as const;

export function FirstRunView({
	state,
	screen,
	layout,
}: {
	readonly state: State;
	readonly screen: FirstRunScreen;
	readonly layout: Layout;
}) {
	const {failed} = useGlyphs();
	const width = dialogWidth(layout) - 4;
	const passphrase = lineText(screen.passphrase);
	const strength = passphraseStrength(passphrase);
	const compact = isCompact(layout, rows);
	return (
		<Dialog title="Welcome to pharmer" layout={layout} rows={rows}>
			{compact ? null : <Styled>Keeps the keys of your clouds in one encrypted file.</Styled>}
			{compact ? null : <Styled tone="dim">{visible(state.path)}</Styled>}
			<Paragraph width={width} tone="warning">
				{compact
					? 'There is no recovery: write it down.'
					: 'There is no recovery: without the passphrase nobody can read the file. Write it down.'}
			</Paragraph>
			<Gap compact={compact} />
			<PassphraseField
				label="Passphrase"
				line={screen.passphrase}
				shown={screen.shown}
				focused={screen.focus === 'passphrase' && !screen.busy}
				width={width}
			/>
			<PassphraseField
				label="Once more"
				line={screen.again}
				shown={screen.shown}
				focused={screen.focus === 'again' && !screen.busy}
				width={width}
			/>
			<Gap compact={compact} />
			{compact && (screen.busy || screen.problem !== undefined) ? null : (
				<Paragraph width={width} tone={passphrase === '' ? 'dim' : tones[strength.level]}>
					{passphrase === '' ? 'Four or more random words are good.' : `${strength.level}: ${strength.advice}`}
				</Paragraph>
			)}
			{screen.busy ? (
				<Spinner now={state.now} text="Making the vault" />
			) : (
				<Paragraph width={width} tone="danger">
					{screen.problem === undefined ? ' ' : `${failed} ${screen.problem}`}
				</Paragraph>
			)}
		</Dialog>
	);
}
