import {Box} from 'ink';
import type {State} from '../../../app/core/state.js';
import type {Again} from '../../../app/screens/team/again.js';
import {workText} from '../../../app/session/under-way.js';
import {PassphraseField} from '../../components/passphrase-field.js';
import {ProblemLines} from '../../components/problem-lines.js';
import {Spinner} from '../../components/spinner.js';
import {Styled} from '../../components/styled.js';

type Props = {
	readonly state: State;
	readonly screen: Again;
	readonly width: number;
	/** Only what is wrong: something else is typed. */
	readonly isQuiet?: boolean;
	readonly isFocused?: boolean;
};

/** The passphrase is typed again; or what runs, and what is wrong. */
export function AgainField({state, screen, width, isQuiet = false, isFocused = true}: Props) {
	const {passphrase, shown, busy, problem} = screen;
	return (
		<>
			{isQuiet ? null : busy ? (
				<Spinner now={state.now} text={workText(state) ?? 'Working'} />
			) : (
				<PassphraseField label="Passphrase" line={passphrase} shown={shown} focused={isFocused} width={width} />
			)}
			<ProblemLines problem={problem === undefined ? undefined : {severity: 'wrong', text: problem}} width={width} />
		</>
	);
}

/** The keys of a question that is answered by `y`. */
export function YesOrNo({yes, no}: {readonly yes: string; readonly no: string}) {
	return (
		<Box height={1} flexShrink={0} justifyContent="space-between">
			<Box flexShrink={0}>
				<Styled tone="key">esc</Styled>
				<Styled>{` ${no}`}</Styled>
			</Box>
			<Box flexShrink={0}>
				<Styled tone="key">y</Styled>
				<Styled tone="danger">{` ${yes}`}</Styled>
			</Box>
		</Box>
	);
}
