import assert from 'node:assert/strict';
import {test} from 'node:test';
import {awsFilePath} from '../../../source/providers/aws/file-path.js';
import {placesOn} from '../../helpers/importing.js';

const environment = {BASE: '/srv/keys', NAME: 'work', EMPTY: '', TILDE: '~', 'A-B': 'dash'};
const on = (platform: 'linux' | 'win32', path: string) =>
	awsFilePath(placesOn(platform, {...environment, AWS_CONFIG_FILE: path}), 'config');

test('variables and then `~` are expanded in the paths of both files, as botocore does', () => {
	for (const [path, expected] of [
		['$BASE/config', '/srv/keys/config'],
		['\x24{BASE}/\x24{NAME}.ini', '/srv/keys/work.ini'],
		['/a/$NAME$EMPTY/c', '/a/work/c'],
		['~/aws/$NAME', '/home/me/aws/work'],
		['$TILDE/config', '/home/me/config'],
		['/a$/b', '/a$/b'],
		['/cost$', '/cost$'],
		['/a/%NAME%', '/a/%NAME%'],
	] as const) {
		assert.deepEqual(on('linux', path), {path: expected}, path);
	}
	const places = placesOn('linux', {...environment, AWS_SHARED_CREDENTIALS_FILE: '$BASE/credentials'});
	assert.equal(awsFilePath(places, 'credentials').path, '/srv/keys/credentials');
	assert.equal(awsFilePath(places, 'config').path, '/home/me/.aws/config');
});

test('a variable that is not set stays as it is, and is said', () => {
	assert.deepEqual(on('linux', '/a/$NONE/$NAME'), {path: '/a/$NONE/work', unknown: '$NONE'});
	assert.deepEqual(on('linux', '\x24{NONE}/x'), {path: '\x24{NONE}/x', unknown: '\x24{NONE}'});
	assert.equal(on('linux', '$constructor/x').unknown, '$constructor');
	assert.deepEqual(on('linux', '~other/x'), {path: '~other/x', unknown: '~other'});
});

test('on Windows also %NAME% is expanded, and quotes keep what is between them', () => {
	assert.equal(on('win32', '%NAME%\\config').path, 'work\\config');
	assert.equal(on('win32', '$A-B\\100%%\\$$x').path, 'dash\\100%\\$x');
	assert.equal(on('win32', "C:\\'$NAME'\\config").path, "C:\\'$NAME'\\config");
	assert.deepEqual(on('win32', 'C:\\%NONE%\\config'), {path: 'C:\\%NONE%\\config', unknown: '%NONE%'});
});
