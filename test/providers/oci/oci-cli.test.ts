import assert from 'node:assert/strict';
import {generateKeyPairSync} from 'node:crypto';
import {test} from 'node:test';
import {lookAround} from '../../../source/look/look.js';
import {oci} from '../../../source/providers/oci/oci-cli.js';
import {fingerprintOf} from '../../../source/providers/oci/private-key.js';
import {filesWorld} from '../../helpers/import-world.js';
import {assertKnowsOnlyIts, assertRefusesLines} from '../../helpers/importers.js';
import {assertRecognizes, clear, fixture, placesOn} from '../../helpers/importing.js';

const text = fixture('oci/config');

test('finds every profile, with missing settings from the default one, and the path of its key', () => {
	const reading = oci.read([text]);
	assert.deepEqual(clear(reading), [
		[
			'DEFAULT',
			[
				['user', 'ocid1.user.oc1..aaaaexampleuserone'],
				['tenancy', 'ocid1.tenancy.oc1..aaaaexampletenancy'],
				['fingerprint', '20:3b:97:13:55:1c:5b:0d:d3:37:d8:50:4e:c5:3a:34'],
				['region', 'us-ashburn-1'],
			],
		],
		[
			'ADMIN_USER',
			[
				['user', 'ocid1.user.oc1..aaaaexampleusertwo'],
				['tenancy', 'ocid1.tenancy.oc1..aaaaexampletenancy'],
				['fingerprint', '72:00:22:7f:d3:8b:47:a4:58:05:b8:95:84:31:dd:0e'],
				['passphrase', 'not # a comment; canary-phrase'],
				['region', 'us-ashburn-1'],
			],
		],
		[
			'frankfurt',
			[
				['user', 'ocid1.user.oc1..aaaaexampleuserthree'],
				['tenancy', 'ocid1.tenancy.oc1..aaaaexampleother'],
				['fingerprint', '11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00'],
				['region', 'eu-frankfurt-1'],
			],
		],
		[
			'settings-only',
			[
				['user', 'ocid1.user.oc1..aaaaexampleuserone'],
				['tenancy', 'ocid1.tenancy.oc1..aaaaexampletenancy'],
				['fingerprint', '20:3b:97:13:55:1c:5b:0d:d3:37:d8:50:4e:c5:3a:34'],
				['region', 'ap-tokyo-1'],
			],
		],
	]);
	assert.deepEqual(
		reading.found.map(({files}) => files?.get('privateKey')),
		['~/.oci/oci_api_key.pem', 'keys/admin.pem', '/home/me/.oci/frankfurt.pem', '~/.oci/oci_api_key.pem'],
	);
});

test("reads the console's preview, except for its missing key", () => {
	const preview = text
		.slice(0, text.indexOf('[ADMIN_USER]'))
		.replace(/key_file\s*=.*/, 'key_file=<path to your private keyfile> # to be filled in');
	const [found] = oci.read([preview]).found;
	assert.deepEqual([...(found?.data.keys() ?? [])], ['user', 'tenancy', 'fingerprint', 'region']);
	assert.equal(found?.files, undefined);
});

test('does not keep a session that expires or an instance that signs in by itself', () => {
	assert.deepEqual(
		oci.read([text]).refused.map(({label, reason}) => `${label} ${reason}`),
		[
			'session signs in with a session token, which expires by itself',
			'instance signs in as the machine it runs on, and has no key of its own',
		],
	);
});

test('reads the key from its file, and derives a missing fingerprint from the key', async () => {
	const {privateKey} = generateKeyPairSync('rsa', {modulusLength: 1024});
	const pem = privateKey.export({type: 'pkcs8', format: 'pem'}).toString();
	const profile = '[DEFAULT]\nuser=ocid1.user.oc1..a\ntenancy=ocid1.tenancy.oc1..b\nregion=us-ashburn-1\nkey_file=';
	const world = filesWorld({'/home/me/.oci/config': `${profile}~/.oci/key.pem\n`, '/home/me/.oci/key.pem': pem});
	const {found, refused} = await lookAround(world, ['oci']);
	assert.equal(found[0]?.data.get('privateKey')?.reveal(), pem);
	assert.equal(found[0]?.data.get('fingerprint')?.reveal(), fingerprintOf(pem, ''));
	assert.deepEqual(refused, []);
	const missing = await lookAround(filesWorld({'/home/me/.oci/config': `${profile}gone.pem\n`}), ['oci']);
	assert.match(missing.refused[0]?.reason ?? '', /names the file `gone.pem`/);
});

test('takes what the Go SDK takes, with a remark', () => {
	const profile = '[a]\nuser=u\nregion=r\n';
	const read = (...lines: readonly string[]) => {
		const {found, refused} = oci.read([`${profile}${lines.join('\n')}`]);
		const [first] = found;
		return [
			first?.data.get('region')?.reveal(),
			first?.data.get('passphrase')?.reveal(),
			first?.remark,
			refused.length,
		];
	};
	const [region, , repeat] = read('region=s');
	assert.equal(region, 's');
	assert.match(String(repeat), /^line 4: this key appears a second time .*the Go SDK/);
	assert.deepEqual(read('passphrase=p').slice(0, 2), ['r', 'p']);
	assert.match(String(read('passphrase=p')[2]), /^line 4: only the Go SDK/);
	assert.deepEqual(read('pass_phrase=p', 'passphrase=q'), ['r', 'p', undefined, 0]);
	// It takes the first of two sections, whose settings are not told apart here.
	assert.deepEqual(read('[a]', 'region=s'), [undefined, undefined, undefined, 1]);
});

test('looks where the environment points, in the home directory, or where older releases kept the file', () => {
	assert.deepEqual(oci.files(placesOn('linux')), [['/home/me/.oci/config'], ['/home/me/.oraclebmc/config']]);
	assert.deepEqual(oci.files(placesOn('darwin'))[0], ['/Users/me/.oci/config']);
	assert.deepEqual(oci.files(placesOn('win32'))[0], ['C:\\Users\\me\\.oci\\config']);
	const environment = {OCI_CLI_CONFIG_FILE: '~/one', OCI_CONFIG_FILE: '/two'};
	assert.deepEqual(oci.files(placesOn('linux', environment)).slice(0, 2), [['/home/me/one'], ['/two']]);
});

test('recognizes only its own file, and reports damage by position, with none of the content', () => {
	assertRecognizes(oci);
	assertKnowsOnlyIts(oci, 'oci');
	assertRefusesLines(oci, ['[DEFAULT]\nuser = a\n pass_phrase = canary\n', '[DEFAULT]\ncanary\n']);
});
