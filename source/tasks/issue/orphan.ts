import {keyText} from '../../credentials/key-question.js';
import {PharmerError} from '../../domain/errors.js';
import type {IssueCall, Issuer} from '../../providers/issuer.js';
import {type ListedKey, markedLabel} from '../../providers/key-service.js';
import {assertUnused} from '../rotation/orphan.js';
import {holdsId} from '../rotation/same-key.js';
import type {IssueRun} from './run.js';

type Work<Result> = (issuer: Issuer, call: IssueCall) => Promise<Result>;

/** The same work, once an identity that this made is known to be still that one. */
export function ofOurs<Result>({isOwn}: Pick<IssueRun, 'isOwn'>, work: Work<Result>): Work<Result> {
	return async (issuer, call) => {
		if (isOwn) await issuer.assertOurs?.(call);
		return work(issuer, call);
	};
}

/**
 * Deletes what earlier tries may have left: a key whose secret nobody has. One that carries a mark of theirs goes
 * unasked; where keys carry none, one that nobody has used goes after a yes. Resolves to the keys that stay.
 */
export async function clearUp(run: IssueRun, list: () => Promise<readonly ListedKey[]>): Promise<readonly ListedKey[]> {
	/** Keys that somebody has said may go, or stay, and those that are deleted: a list may have them for a while. */
	const [agreed, kept, gone] = [new Set<string>(), new Set<string>(), new Set<string>()];
	const {freshId, known = [], tried = []} = run.issue;
	const isOurs = ({label = ''}: ListedKey): boolean =>
		run.isMarked && tried.some(each => label.includes(markedLabel(each)));
	for (;;) {
		const content = await run.issuing.vault.read();
		const left = (await list()).filter(({id}) => id !== freshId && !gone.has(id) && !known.includes(id));
		const others = left.filter(({id}) => !holdsId(content, id) && !kept.has(id));
		const orphan = others.find(key => isOurs(key) || mayBeOrphan(run, key));
		if (orphan === undefined) return left;
		const {id} = orphan;
		if (isOurs(orphan) || agreed.has(id)) {
			await run.call(
				`${id} is not deleted`,
				ofOurs(run, (each, call) => each.removeKey(call, id)),
			);
			gone.add(id);
			continue;
		}
		// Somebody may have begun to use it meanwhile: it is looked at once more.
		((await isAgreed(run, orphan)) ? agreed : kept).add(id);
	}
}

/** Whether a key may be one whose answer was lost: a secret that is chosen here is never lost. */
function mayBeOrphan({isMarked, issuer}: IssueRun, {created, lastUsed}: ListedKey): boolean {
	return !isMarked && issuer.choose === undefined && created !== undefined && lastUsed === 'never';
}

/** Whether somebody says that a key goes. Throws `conflict` where it is too new, and `usage` where nobody is asked. */
async function isAgreed(run: IssueRun, key: ListedKey): Promise<boolean> {
	assertUnused(key, run.there(run.issuing.now()), run.there(0));
	const {name} = run.issue;
	const reply = await run.issuing.ask({kind: 'orphan', name, keys: [key]});
	if (reply === 'nobody')
		throw new PharmerError(
			'usage',
			`${keyText(key)} may be the key whose answer was lost, and there is nobody to ask`,
			`\`--remove-orphan ${key.id}\` deletes it`,
		);
	return reply === 'yes';
}
