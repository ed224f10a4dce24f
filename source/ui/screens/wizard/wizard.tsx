import {Box} from 'ink';
import {fieldNameRule} from '../../../app/core/draft-fields.js';
import {newNameProblem} from '../../../app/core/names.js';
import {offered} from '../../../app/core/path-completion.js';
import type {State} from '../../../app/core/state.js';
import {lineText} from '../../../app/input/line-editor.js';
import type {Layout} from '../../../app/layout/layout.js';
import {fit, labelCells, labelledFrame} from '../../../app/layout/text.js';
import {savedCommand} from '../../../app/screens/wizard/saved-command.js';
import {type Answer, stageOf, wizardAnswers} from '../../../app/screens/wizard/wizard-answers.js';
import {fieldNameQuestion, fileHelp} from '../../../app/screens/wizard/wizard-choices.js';
import {suggestedName, type WizardScreen} from '../../../app/screens/wizard/wizard-screen.js';
import {maskWidth} from '../../../domain/mask.js';
import {visible} from '../../../text/visible.js';
import {Gap} from '../../components/dialog.js';
import {Labelled} from '../../components/labelled.js';
import {Pane} from '../../components/pane.js';
import {PathNames} from '../../components/path-names.js';
import {ProblemLines, problemRows} from '../../components/problem-lines.js';
import {Spinner} from '../../components/spinner.js';
import {Paragraph, Styled} from '../../components/styled.js';
import {useGlyphs} from '../../theme.js';
import {Stages} from './stages.js';
import {ProfileQuestion, ProviderQuestion, SourceQuestion} from './wizard-choices.js';
import {FieldQuestion, TextQuestion} from './wizard-questions.js';

type Props = {readonly state: State; readonly screen: WizardScreen; readonly layout: Layout};

/** The question, earlier answers above it, the problem below it. */
export function WizardView({state, screen, layout}: Props) {
	const width = layout.columns - 4;
	const all = wizardAnswers(screen);
	const answers = all.slice(Math.max(0, all.length - Math.max(0, layout.paneHeight - 9)));
	const fields = screen.provider?.fields ?? [];
	const labelWidth = labelCells(
		[...all, ...fields].map(({label}) => visible(label)),
		width,
	);
	const below = screen.busy ? 1 : problemRows(screen.problem, width);
	const staged = layout.paneHeight >= 6 || screen.problem === undefined;
	const compact = layout.paneHeight < 10;
	const above = (staged ? 1 : 0) + (compact ? 0 : 1) + (answers.length === 0 ? 0 : answers.length + 1);
	return (
		<Pane title="New credential" width={layout.columns} height={layout.bodyHeight} active>
			{staged ? <Stages stage={stageOf[screen.step]} width={width} /> : null}
			<Gap compact={compact} />
			{answers.map(answer => (
				<AnswerRow key={answer.label} answer={answer} width={width} labelWidth={labelWidth} />
			))}
			{answers.length > 0 ? <Box height={1} flexShrink={0} /> : null}
			<Question state={state} screen={screen} width={width} room={Math.max(1, layout.paneHeight - above - below)} />
			{screen.busy ? (
				<Spinner now={state.now} text="Reading" />
			) : (
				<ProblemLines problem={screen.problem} width={width} />
			)}
		</Pane>
	);
}

function AnswerRow({
	answer,
	width,
	labelWidth,
}: {
	readonly answer: Answer;
	readonly width: number;
	readonly labelWidth: number;
}) {
	const {mask, warning} = useGlyphs();
	const room = Math.max(4, width - labelWidth - labelledFrame);
	const value = answer.kind === 'mask' ? mask.repeat(maskWidth) : answer.text;
	const origin = answer.origin === '' ? '' : `  from ${answer.origin}`;
	return (
		<Labelled label={answer.label} labelWidth={labelWidth} signs={answer.odd ? warning : ''} tone="warning">
			<Styled tone={answer.kind === 'dim' ? 'dim' : 'plain'}>{fit(`${value}${origin}`, room)}</Styled>
		</Labelled>
	);
}

function Question({
	state,
	screen,
	width,
	room,
}: {
	readonly state: State;
	readonly screen: WizardScreen;
	readonly width: number;
	/** Rows for the question and its answers. */
	readonly room: number;
}) {
	// A problem's lines replace the help.
	const isClear = screen.problem === undefined;
	const names = offered(screen.file, screen.completion);
	switch (screen.step) {
		case 'provider':
			return <ProviderQuestion screen={screen} width={width} room={room} />;
		case 'name':
			return <NameQuestion state={state} screen={screen} width={width} />;
		case 'source':
			return <SourceQuestion state={state} screen={screen} width={width} room={room} />;
		case 'file':
			return (
				<Box flexDirection="column" flexShrink={0}>
					<TextQuestion
						title="Which file?"
						line={screen.file}
						placeholder=""
						help={isClear && names === undefined ? fileHelp : ''}
						tone="dim"
						width={width}
					/>
					<Box paddingLeft={2} flexShrink={0}>
						<PathNames line={screen.file} completion={screen.completion} width={width - 2} rows={room - 3} />
					</Box>
				</Box>
			);
		case 'profile':
			return <ProfileQuestion screen={screen} width={width} room={room} />;
		case 'key':
			return (
				<TextQuestion
					title={fieldNameQuestion(screen)}
					line={screen.key}
					placeholder=""
					help={isClear ? `${fieldNameRule}, such as token` : ''}
					tone="dim"
					width={width}
				/>
			);
		case 'field':
			return <FieldQuestion screen={screen} width={width} />;
		case 'review':
			return null;
		case 'done':
			return <Done state={state} screen={screen} width={width} />;
	}
}

function NameQuestion({
	state,
	screen,
	width,
}: {
	readonly state: State;
	readonly screen: WizardScreen;
	readonly width: number;
}) {
	const {done} = useGlyphs();
	const name = lineText(screen.name);
	const suggested = suggestedName(state, screen);
	const problem = name === '' ? undefined : newNameProblem(state.credentials, name);
	const idle =
		suggested === undefined ? 'letters, digits, . _ and -' : `enter takes ${suggested}; or letters, digits, . _ and -`;
	const help = name === '' ? idle : (problem ?? `${done} ${name} is free`);
	return (
		<TextQuestion
			title="What is it called?"
			line={screen.name}
			placeholder={suggested ?? ''}
			help={screen.problem === undefined ? help : ''}
			tone={name === '' ? 'dim' : problem === undefined ? 'done' : 'warning'}
			width={width}
		/>
	);
}

function Done({state, screen, width}: {readonly state: State; readonly screen: WizardScreen; readonly width: number}) {
	const {done} = useGlyphs();
	const name = visible(screen.saved?.name ?? '');
	return (
		<Box flexDirection="column" flexShrink={0}>
			<Styled tone="done">{`${done} ${name} is in the vault.`}</Styled>
			<Box height={1} />
			<Styled tone="dim">On the command line</Styled>
			<Box paddingLeft={2} flexShrink={0}>
				<Paragraph tone="accent" width={width - 2}>
					{savedCommand(name, state.vault)}
				</Paragraph>
			</Box>
		</Box>
	);
}
