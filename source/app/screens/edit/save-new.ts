import {withOwnExpiry} from '../../../credentials/expiry.js';
import {alike, sharersText} from '../../../credentials/same.js';
import {contentOf} from '../../../domain/credential.js';
import {providerOf} from '../../../providers/catalog.js';
import {completeData} from '../../../providers/data.js';
import {deadSince} from '../../../providers/expiration.js';
import {acceptFields, draftData, oddText, openFindings} from '../../core/draft-fields.js';
import type {State} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';
import {type EditScreen, isOverLines, stopAt} from './edit-screen.js';
import {metadataProblem, withMetadata} from './metadata-fields.js';

/** Saves the new credential of the form. Stops at what is wrong, and once at all that is unusual: again keeps that. */
export function saveNew(state: State, screen: EditScreen): Step {
	const {basis, fields, about} = screen;
	const provider = providerOf(basis.provider);
	const now = new Date(state.now);
	const moment = deadSince(provider, draftData(provider, fields), now);
	if (moment !== undefined) {
		const {key = ''} = provider.fields.find(({endOf}) => endOf !== undefined) ?? {};
		return wrong(state, screen, key, `these temporary keys expired on ${moment}: get new ones`);
	}
	const unnamed = metadataProblem(about, basis, state.credentials);
	if (unnamed !== undefined) return wrong(state, screen, unnamed.field, unnamed.message, true);
	const findings = openFindings(provider, fields);
	const [finding] = findings;
	if (finding?.severity === 'wrong') return wrong(state, screen, finding.field, finding.message);
	const data = completeData(provider, draftData(provider, fields));
	const content = withOwnExpiry({...withMetadata(contentOf(basis), about, now), data});
	const sharers = alike(content, state.credentials).map(({name}) => name);
	const shared = `${sharersText(sharers)} ${sharers.length === 1 ? 'has' : 'have'} the same secret`;
	const texts = [...oddText(provider, findings), ...(sharers.length === 0 ? [] : [shared])];
	if (texts.length > 0 && screen.problem?.severity !== 'odd') {
		const kept = texts.length > 1 ? 'them' : findings.length > 0 ? 'it' : sharers.length === 1 ? 'both' : 'all';
		const text = `${texts.join('; ')}; ${screen.manifest === undefined && !isOverLines(screen) ? 'enter' : 'ctrl+s'} again to keep ${kept}`;
		return step(show(state, {...screen, problem: {severity: 'odd', field: finding?.field ?? '', text}}));
	}
	const accepted = acceptFields(
		fields,
		findings.map(({field}) => field),
	);
	return step(show(state, {...screen, fields: accepted, busy: true, problem: undefined}), {
		type: 'add',
		contents: [content],
	});
}

function wrong(state: State, screen: EditScreen, field: string, text: string, about = false): Step {
	return stopAt(state, screen, {severity: 'wrong', field, text}, about);
}
