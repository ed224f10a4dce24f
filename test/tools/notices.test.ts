import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {type BundledInputs, thirdPartyNotices} from '../../tools/notices.js';
import {temporaryHome} from '../helpers/program.js';

/** What esbuild tells of a bundle with a package of these files in it. */
function bundleWith(context: TestContext, files: Readonly<Record<string, string>>, bytesInOutput = 1) {
	const folder = temporaryHome(context);
	mkdirSync(join(folder, 'node_modules/@some/thing'), {recursive: true});
	for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'node_modules/@some/thing', name), text);
	const inputs = {'source/own.ts': {bytesInOutput: 1}, 'node_modules/@some/thing/index.js': {bytesInOutput}};
	const metafile: BundledInputs = {outputs: {'dist/cli.js': {inputs}}};
	return () => thirdPartyNotices(metafile, folder);
}

const manifest = JSON.stringify({name: '@some/thing', version: '1.2.3', license: 'Apache-2.0'});

test('the notices contain all licence files of a package and its NOTICE', context => {
	const files = {'package.json': manifest, 'LICENCE-A.md': 'one\r\ntwo\n', COPYING: 'three', 'notice.txt': 'four'};
	assert.match(
		bundleWith(context, files)(),
		/\n@some\/thing 1\.2\.3 \(Apache-2\.0\)\n=+\n\nthree\n\none\ntwo\n\nfour\n$/,
	);
});

test('a package with no code left in the bundle needs no notice', context => {
	assert.doesNotMatch(bundleWith(context, {'package.json': manifest}, 0)(), /thing/);
});

test('data of others among the sources has a notice when it is in the bundle', context => {
	const folder = temporaryHome(context);
	const bundled = (bytesInOutput: number) =>
		thirdPartyNotices({outputs: {a: {inputs: {'source/domain/common-passwords.ts': {bytesInOutput}}}}}, folder);
	assert.match(bundled(1), /\ncommon-passwords\.txt of Django 5\.2 \(BSD-3-Clause\)\n=+\n\nCopyright \(c\) Django/);
	assert.doesNotMatch(bundled(0), /Django/);
});

test('a package without a licence stops the build', context => {
	assert.throws(bundleWith(context, {'package.json': manifest}), /^Error: @some\/thing ships no licence file: add /);
	const nameless = JSON.stringify({name: '@some/thing', version: '1.2.3'});
	assert.throws(bundleWith(context, {'package.json': nameless, LICENSE: 'x'}), /@some\/thing names no licence/);
});

test('a licence kept in the repository stops the build once the package ships its own', context => {
	const yoga = JSON.stringify({name: 'yoga-layout', version: '4.0.0', license: 'MIT'});
	assert.throws(bundleWith(context, {'package.json': yoga, LICENSE: 'x'}), /yoga-layout ships its licence now: remove/);
});
