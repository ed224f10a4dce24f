import assert from 'node:assert/strict';
import {test} from 'node:test';
import {awsCommandLine} from '../../../source/providers/aws/command-line.js';

test('puts only words with spaces in double quotes', () => {
	assert.equal(
		awsCommandLine(['/usr/bin/node', '/home/jörg/my tools/cli.js', 'aws', '--vault', '/a/b@2,c=d.json']),
		'/usr/bin/node "/home/jörg/my tools/cli.js" aws --vault /a/b@2,c=d.json',
	);
	assert.equal(awsCommandLine(['C:\\Program Files\\node.exe']), '"C:\\Program Files\\node.exe"');
});

test('refuses characters that a shell or a word splitter would interpret', () => {
	for (const character of '$`"\'\\~!*?;&|<>(){}[]#%^\n\t') {
		assert.throws(() => awsCommandLine([`/usr/${character}/node`]), {code: 'invalid'}, character);
	}
	assert.throws(() => awsCommandLine(['']), {code: 'invalid'});
});
