import {keptVerdicts, type Verdicts} from '../credentials/standing.js';
import type {Content} from '../vault/vault.js';
import {verdictsOf} from '../vault/verdicts.js';

/** What providers said of the credentials of a vault; nothing where a newer program keeps that. */
export function knownVerdicts(content: Content): Verdicts {
	return keptVerdicts(verdictsOf(content)?.verdicts ?? []);
}
