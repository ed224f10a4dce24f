import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ExportView} from '../../../source/ui/screens/export.js';
import {picture} from '../../helpers/frame.js';
import {failed, on, played, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const ask = viewer(['export'], props => <ExportView {...props} />);

test('the export dialog says that secrets are written in clear, and suggests a file', () => {
	assert.equal(
		ask(played(on('prod'), 'x')),
		picture`
			╭─ Export prod ──────────────────────────────────────────────────╮
			│ Write to which new file? Unencrypted, readable only by you.    │
			│                                                                │
			│ ❯ ~/credentials.yaml                                           │
			│   < yaml >  manifests, which import reads back                 │
			│                                                                │
			│                                                                │
			│                                                                │
			│                                                                │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('a spinner shows that an export is under way', () => {
	assert.match(ask(played(on('prod'), 'x', 'enter')), /❯ ⠋ Exporting/);
});

test('an existing file is reported with a hint to choose another name', () => {
	const exists = failed('export', 'file', '`/x` exists already and is not written over', 'choose another name');
	const frame = ask(played(on('prod'), 'x', '/x', 'enter', exists));
	assert.match(frame, /│ ❯ \/x +│/);
	assert.match(frame, /│ ✖ `\/x` exists already and is not written over; choose another/);
	assert.match(frame, /│ name +│/);
});

test('the problem replaces the help in the smallest window', () => {
	const exists = failed('export', 'file', '`/x` exists already and is not written over', 'choose another name');
	assert.equal(
		ask(played(on('prod', smallest), 'x', '/x', 'enter', exists)),
		picture`
			╭─ Export prod ────────────────────────╮
			│ ❯ /x                                 │
			│   < yaml >  manifests, which import… │
			│ ✖ \`/x\` exists already and is not     │
			│ written over; choose another name    │
			│                                      │
			╰──────────────────────────────────────╯
		`,
	);
});

test('a path that is wider than the dialog is cut on the left', () => {
	const path = `/home/me/${'deep/'.repeat(14)}out.yaml`;
	assert.match(ask(played(on('prod'), 'x', path)), /│ ❯ ….*deep\/out\.yaml +│/);
});

test('the format goes with the ending of the file as it is typed, and up and down choose another', () => {
	const typed = (path: string, ...keys: readonly string[]): string => ask(played(on('prod'), 'x', path, ...keys));
	for (const [path, format] of [
		['k.env', 'dotenv'],
		['.env.local', 'dotenv'],
		['k.YML', 'yaml'],
		['k.json', 'json'],
		['k.csv', 'csv'],
		['prod.auto.tfvars', 'tfvars'],
		['k.k8s.yaml', 'k8s-secret'],
		['/x/credentials', 'aws'],
	] as const) {
		assert.ok(typed(path).includes(`< ${format} >`), path);
		assert.doesNotMatch(typed(path), /the name/, path);
	}
	assert.match(typed('k.txt'), /< yaml >[\s\S]*! the name tells no format; it will be yaml/);
	assert.match(typed('prod.tfvars.json'), /the name tells no format/, 'Terraform reads its own JSON');
	assert.match(typed('k.env', 'down', 'down'), /< csv >[\s\S]*! the name says dotenv, but it will be csv/);
	assert.match(typed('k.env', 'down', 'up', 'ctrl+u', 'k.csv'), /< csv >/, 'the format of the name goes with it again');
	const chosen = ask(played(on('prod'), 'x', 'up'));
	assert.match(chosen, /❯ ~\/credentials\.k8s\.yaml[\s\S]*< k8s-secret >/, 'the suggested name has its ending');
});
