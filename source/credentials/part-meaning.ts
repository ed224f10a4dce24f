import {fieldOf} from '../providers/catalog.js';
import type {Provider} from '../providers/provider.js';

/** A part of a credential, such as `data.KEY`: what people call it, and whether it is secret. */
export type PartMeaning = {readonly label: string; readonly isSecret: boolean};

/** What a newer program keeps may be secret, and so is what is under way. */
export function partMeaning(part: string, provider: Provider): PartMeaning {
	const [, kind = part, rest = ''] = /^(data|label|carried)\.(.*)$/s.exec(part) ?? [];
	if (kind === 'data') {
		const {label, secret} = fieldOf(provider, rest);
		return {label, isSecret: secret};
	}
	if (kind === 'label') return {label: `label ${rest}`, isSecret: false};
	return kind === 'carried' ? {label: rest, isSecret: true} : {label: part, isSecret: part === 'journal'};
}
