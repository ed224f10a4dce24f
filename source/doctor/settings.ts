import {join} from 'node:path';
import {listed} from '../domain/words.js';
import {unknownSettings} from '../settings/settings-problem.js';
import {readSettings, troubleText} from '../settings/settings-store.js';
import {readJson} from '../text/json-reader.js';
import {advice, type Check, care, type Finding, type Fix, ok, run} from './check.js';
import type {Machine} from './machine.js';

export const settings: readonly Check[] = [{id: 'settings', title: 'settings', look: lookAtSettings}];

async function lookAtSettings({files, settings: directory, loadKeysProblem}: Machine): Promise<readonly Finding[]> {
	const file = join(directory, 'settings.json');
	const status = files.status(file);
	if (status === undefined) return [ok('none were saved: the defaults apply')];
	const real = files.real(file);
	if (real === undefined) return [care(`\`${file}\` is a link that leads nowhere`, run('rm', file))];
	const text = files.read(real);
	if (text === undefined)
		return [care(`\`${file}\` is not an ordinary file: the defaults apply`, advice('move it away'))];
	const read = await readSettings(file, text, loadKeysProblem);
	if (read.trouble !== undefined) return [care(troubleText(read.trouble), mending(file, text))];
	const typos = unknownSettings(read.value).flatMap(([name, meant]) => (meant === undefined ? [] : [{name, meant}]));
	if (typos.length === 0) return [ok(`those of \`${file}\` apply`)];
	return typos.map(({name, meant}) =>
		care(`${listed([name])} in \`${file}\` is no setting`, advice(`did you mean \`${meant}\`?`)),
	);
}

/** What can't be read at all is moved away, by a command; a value is mended where it stands. */
function mending(file: string, text: string): Fix {
	return 'says' in readJson(text) ? run('mv', file, `${file}.damaged`) : advice('mend it there');
}
