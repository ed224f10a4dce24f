import type {IssueQuestion} from '../../credentials/issue-words.js';
import type {KeyQuestion, Reply} from '../../credentials/key-question.js';
import type {Name} from '../../domain/name.js';
import type {Rotating} from '../rotation/rotating.js';

/** What the making of an identity works with. */
export type Issuing = Omit<Rotating, 'onStep' | 'ask'> & {
	readonly ask: (question: KeyQuestion | IssueQuestion) => Promise<Reply>;
	/** Another name, where somebody has taken that one meanwhile; undefined where nobody can be asked. */
	readonly otherName: (taken: string) => Promise<Name | undefined>;
	/** Is told of each step once it is written: what was done, as a sentence without its full stop, if anybody asks. */
	readonly onStep: (says: string | undefined) => void;
};
