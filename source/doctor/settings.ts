import {join} from 'node:path';
import {isObject} from '../domain/json.js';
import {parseSettings, settingRows} from '../domain/settings.js';
import {listed} from '../domain/words.js';
import {advice, type Check, care, type Finding, ok, run} from './check.js';
import type {Machine} from './machine.js';

export const settings: readonly Check[] = [{id: 'settings', title: 'settings', look: lookAtSettings}];

const again = advice('choose it again in the app, with `,`');

function lookAtSettings({files, settings: directory}: Machine): readonly Finding[] {
	const file = join(directory, 'settings.json');
	const status = files.status(file);
	if (status === undefined) return [ok('none were saved: the defaults apply')];
	const real = files.real(file);
	if (real === undefined) return [care(`\`${file}\` is a link that leads nowhere`, run('rm', file))];
	const text = files.read(real);
	if (text === undefined)
		return [care(`\`${file}\` is not an ordinary file: the defaults apply`, advice('move it away'))];
	const saved = parse(text);
	if (saved === undefined)
		return [care(`\`${file}\` can't be understood: the defaults apply`, run('mv', file, `${file}.damaged`))];
	const read = parseSettings(saved);
	const strange = settingRows.map(({key}) => key).filter(key => key in saved && saved[key] !== read[key]);
	if (strange.length === 0) return [ok(`those of \`${file}\` apply`)];
	const rest =
		strange.length === 1
			? 'is not among the choices: its default applies'
			: 'are not among the choices: their defaults apply';
	return [care(`${listed(strange)} in \`${file}\` ${rest}`, again)];
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
