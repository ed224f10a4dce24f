import assert from 'node:assert/strict';
import {test} from 'node:test';
import {exportFormats, exportWording, formatOfName} from '../../source/domain/export-format.js';

test('the suggested name of a file in each format tells that format', () => {
	for (const format of exportFormats) assert.equal(formatOfName(`~/${exportWording[format].file}`), format);
});

test('a name that tells no format, or a folder of such a name, tells none', () => {
	for (const name of ['', 'x', 'x.txt', '.envrc', 'x.env/y', 'x.tfvars.json', 'a.yaml.gz', 'my-credentials'])
		assert.equal(formatOfName(name), undefined, name);
	assert.equal(formatOfName('C:\\keys\\K.ENV'), 'dotenv');
});
