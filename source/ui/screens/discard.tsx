import type {Layout} from '../../app/layout/layout.js';
import {QuestionDialog} from '../components/question-dialog.js';

/** Asks before a draft is lost; the default keeps it. */
export function DiscardView({layout, what}: {readonly layout: Layout; readonly what: string}) {
	return <QuestionDialog title="Discard the draft?" what={what} no="keep it" yes="discard" layout={layout} />;
}
