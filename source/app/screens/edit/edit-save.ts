import {withOwnExpiry} from '../../../credentials/expiry.js';
import {contentOf} from '../../../domain/credential.js';
import {providerOf} from '../../../providers/catalog.js';
import {deadSince} from '../../../providers/expiration.js';
import {acceptFields, draftData, isDirty, oddText, openFindings} from '../../core/draft-fields.js';
import type {Failure} from '../../core/failure.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import {changedRows, type EditScreen, isNew, stopAt} from './edit-screen.js';
import {metadataProblem, withMetadata} from './metadata-fields.js';
import {saveNew} from './save-new.js';

/** Saves the changes or the new credential, or stops at the first row with a problem. */
export function save(state: State, screen: EditScreen): Step {
	if (isNew(screen)) return saveNew(state, screen);
	const {basis, fields, about} = screen;
	if (changedRows(screen) === 0) {
		const gone = !state.credentials.some(credential => credential.id === basis.id);
		return step(
			say(
				show(state, screen),
				'note',
				gone ? 'Nothing has changed here, but somebody else deleted it.' : 'Nothing has changed.',
			),
		);
	}
	const wrong = metadataProblem(about, basis, state.credentials);
	if (wrong !== undefined)
		return stopAt(state, screen, {severity: 'wrong', field: wrong.field, text: wrong.message}, true);
	const provider = providerOf(basis.provider);
	// A rename or a note leaves the fields alone: fields that were saved before can be saved again.
	const findings = fields.some(isDirty) ? openFindings(provider, fields) : [];
	const [finding] = findings;
	if (finding === undefined) {
		const now = new Date(state.now);
		const data = draftData(provider, fields);
		const moment = deadSince(provider, data, now);
		// A dead key can be renamed, but none may take the place of another.
		if (moment !== undefined && deadSince(provider, basis.data, now) !== moment) {
			const {key = ''} = provider.fields.find(({endOf}) => endOf !== undefined) ?? {};
			const text = `these temporary keys expired on ${moment}: get new ones`;
			return stopAt(state, screen, {severity: 'wrong', field: key, text});
		}
		const next = withOwnExpiry({...withMetadata(contentOf(basis), about, now), data}, basis);
		return step(show(state, {...screen, busy: true, problem: undefined}), {
			type: 'replace',
			replacements: [{basis, next}],
			...(screen.rotates === true && fields.some(isDirty) ? {cause: 'rotate'} : {}),
		});
	}
	if (finding.severity === 'odd' && screen.problem?.severity === 'odd' && screen.problem.field === finding.field) {
		const keys = findings.map(({field}) => field);
		return save(state, {...screen, fields: acceptFields(fields, keys), problem: undefined});
	}
	const texts = findings.length === 1 ? [finding.message] : oddText(provider, findings);
	const keeps = `ctrl+s again to keep ${findings.length === 1 ? 'it' : 'them'}`;
	const text = [...texts, ...(finding.severity === 'odd' ? [keeps] : [])].join('; ');
	return stopAt(state, screen, {severity: finding.severity, field: finding.field, text});
}

/** The save failed: shows both sides after a conflict, otherwise the draft and the reason. */
export function onEditFailure(state: State, screen: EditScreen, failure: Failure): Step {
	const idle = {...screen, busy: false};
	if (failure.code === 'conflict') {
		const theirs = state.credentials.find(credential => credential.id === screen.basis.id);
		return step(show(state, {...idle, manifest: undefined, conflict: {theirs}}));
	}
	if (failure.code === 'exists')
		return stopAt(state, idle, {severity: 'wrong', field: 'name', text: failure.message}, true);
	// Nothing else stands below a new credential.
	if (isNew(idle)) return step(show(state, {...idle, problem: {severity: 'wrong', field: '', text: failure.message}}));
	return step(say(show(state, idle), 'error', failure.message));
}
