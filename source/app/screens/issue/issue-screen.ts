import {type IssueWork, signedBy} from '../../../credentials/waiting.js';
import type {Credential} from '../../../domain/credential.js';
import {providerOf} from '../../../providers/catalog.js';
import type {Problem} from '../../core/failure.js';
import type {IssuePlan} from '../../core/issuing.js';
import {ask, type Question} from '../../core/question.js';
import type {Screen} from '../../core/screen.js';
import type {State} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';
import type {Line} from '../../input/line-editor.js';
import {openRotation} from '../rotate/rotate-screen.js';

/** The making of a user and its key at a provider: what would be made, or the steps of what is under way. */
export type IssueScreen = {
	readonly kind: 'issue';
	/** What the credential will be called, and the id of its provider. */
	readonly name: string;
	readonly provider: string;
	/** The id of the credential that signs; undefined until it is chosen. */
	readonly admin?: string | undefined;
	/** Undefined until it is known. */
	readonly plan?: IssuePlan | undefined;
	/** The one under the cursor, while somebody chooses who signs. */
	readonly signer?: number | undefined;
	/** Another name, while it is typed, and what is wrong with it. */
	readonly other?: Line | undefined;
	readonly problem?: Problem | undefined;
	/** Undefined while there is nothing to answer, as when steps are under way. */
	readonly question?: Question<'begin'> | undefined;
	/** When the question could be read, in milliseconds since 1970. */
	readonly readable?: number;
	/** The first row shown. */
	readonly choice: number;
	readonly from: Screen;
};

declare module '../../core/screen.js' {
	interface Screens {
		readonly issue: IssueScreen;
	}
}

/** The credentials that can sign at that provider. */
export function signersAt({credentials}: Pick<State, 'credentials'>, provider: string): readonly Credential[] {
	return credentials.filter(each => providerOf(each.provider).id === provider);
}

/** Opens it for a new credential of that name: says what would be made once it is known who signs. */
export function openIssue(state: State, name: string, provider: string, from: Screen): Step {
	const [only, ...others] = signersAt(state, provider);
	const screen: IssueScreen = {kind: 'issue', name, provider, choice: 0, from};
	if (only === undefined || others.length > 0) return step(show(state, {...screen, signer: 0}));
	return planned(state, {...screen, admin: only.id});
}

/** Has it found out what would be made, and who goes on with it right now. */
export function planned(state: State, screen: IssueScreen): Step {
	const {name, admin} = screen;
	const shown = show(state, screen);
	return admin === undefined ? step(shown) : step(shown, {type: 'reload'}, {type: 'plan-issue', name, admin});
}

/** Opens what is under way for a credential, or what it signs for where nothing is: its rotation, or a making. */
export function openUnderWay(state: State, credential: Credential, from: Screen): Step {
	const signed = state.works.has(credential.id) ? undefined : signedBy(state.works).get(credential.id);
	if (signed === undefined) return openRotation(state, credential, from);
	const {name, provider} = signed;
	return planned(state, {kind: 'issue', name, provider, admin: credential.id, choice: 0, from});
}

export function workOf({works}: State, {plan}: Pick<IssueScreen, 'plan'>): IssueWork | undefined {
	const work = works.get(plan?.id ?? '');
	return work?.kind === 'issue' ? work : undefined;
}

/** Whether this app goes on with it, or will after others. */
export function isRunning({rotating}: State, {plan}: Pick<IssueScreen, 'plan'>): boolean {
	return plan !== undefined && rotating.ids.includes(plan.id);
}

/** Who signs; undefined where that one is gone, or not chosen. */
export function signerOf(state: State, {admin}: IssueScreen): Credential | undefined {
	return state.credentials.find(({id}) => id === admin);
}

/** The screen with the question that it has now: whether to begin, as long as nothing is under way. */
export function settled(state: State, screen: IssueScreen): Step {
	const isOpen = screen.plan !== undefined && workOf(state, screen) === undefined && !isRunning(state, screen);
	const {question: _, signer: __, other: ___, problem: ____, ...calm} = screen;
	return isOpen ? ask(state, calm, 'begin') : step(show(state, calm));
}
