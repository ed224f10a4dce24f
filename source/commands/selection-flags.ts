import {type LabelCondition, parseSelector} from '../credentials/selector.js';
import {type Flag, textFlag} from './flag.js';

export const providerFlag = textFlag('-p, --provider <id>', 'only those for this provider');

export const selectorFlag: Flag<readonly LabelCondition[]> = {
	spelling: '-L, --selector <labels>',
	help: 'only those with these labels: team=infra, team!=infra, team, !team; again or with commas for more',
	parse: (text, earlier = []) => [...earlier, ...parseSelector(text)],
};
