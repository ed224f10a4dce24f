import {parseAssignments} from '../../text/assignments.js';
import {foundValues} from '../found-values.js';
import type {Reading} from '../importer.js';
import {openstack} from './schema.js';

/** Whether a text is a script of `export OS_…` lines, as downloaded from the OpenStack dashboard. */
export function isOpenrc(text: string): boolean {
	return /(?:^|[\r\n])[ \t]*export[ \t]+OS_AUTH_URL=/.test(text);
}

/**
 * Reads the variables that a script sets as bash does, without running it. A password that it asks for, and a value
 * that only a shell can work out, are refused with the reason.
 */
export function readOpenrc(text: string): Reading {
	const {values, reasons, elsewhere} = parseAssignments(text, 'bash');
	const refuse = (reason: string): Reading => ({found: [], refused: [{label: 'openrc', reason}]});
	if (elsewhere.has('OS_PASSWORD') && /(?:^|[\r\n;&|])[ \t]*(?:IFS=[ \t]+)?read[ \t]/.test(text)) {
		return refuse('asks for the password when it runs, so there is none in it');
	}
	const known = openstack.fields.flatMap(field => field.environment);
	const lost = [...reasons].find(([name]) => known.includes(name));
	if (lost !== undefined) {
		return refuse(`sets \`${lost[0]}\` in a way that only a shell can work out: it ${lost[1]}`);
	}
	if (values.get('OS_TOKEN')) return refuse('has only a token, which expires by itself');
	const fields = openstack.fields.map(field => {
		const name = field.environment.find(each => values.get(each));
		return [field.key, name === undefined ? '' : (values.get(name) ?? '')] as const;
	});
	return {found: [foundValues(openstack, '', Object.fromEntries(fields))], refused: []};
}
