import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {type AwsConfigEdit, editAwsConfig, rivalsInProfile} from '../../../source/providers/aws/config-edit.js';
import {parseIni} from '../../../source/text/ini.js';

const process = '/usr/bin/node /opt/pharmer.js aws credential-process work';
const plain: AwsConfigEdit = {profile: 'work', process, region: undefined, replace: false};
const edit = (text: string, more: Partial<AwsConfigEdit> = {}) => editAwsConfig(text, {...plain, ...more});

test('appends a missing profile, or makes it the only section of an empty file', () => {
	assert.equal(edit('').text, `[profile work]\ncredential_process = ${process}\n`);
	assert.equal(
		edit('[default]\nregion = eu-west-1\n', {region: 'us-east-1'}).text,
		`[default]\nregion = eu-west-1\n\n[profile work]\ncredential_process = ${process}\nregion = us-east-1\n`,
	);
	assert.equal(edit('# mine').text, `# mine\n\n[profile work]\ncredential_process = ${process}\n`);
	assert.match(edit('', {profile: 'default'}).text, /^\[default\]\n/);
	assert.match(edit('', {profile: 'my work'}).text, /^\[profile "my work"\]\n/);
});

test('an existing profile keeps its comments, order and unknown keys', () => {
	const before =
		'; top\n\n[profile work]\n# why\noutput=json\ns3 =\n  addressing_style = path\n\n[profile other]\nregion = x\n';
	assert.equal(
		edit(before, {region: 'eu-west-1'}).text,
		before.replace('[profile work]\n', `[profile work]\ncredential_process = ${process}\nregion = eu-west-1\n`),
	);
	const quoted = '[profile "work"]\noutput = json';
	assert.equal(edit(quoted).text, `[profile "work"]\ncredential_process = ${process}\noutput = json`);
	assert.equal(edit('[profile work]').text, `[profile work]\ncredential_process = ${process}\n`);
});

test('indented settings stay settings', () => {
	const {text} = edit('[profile work]\n  output = json\n');
	assert.equal(text, `[profile work]\n  credential_process = ${process}\n  output = json\n`);
	assert.deepEqual([...(parseIni(text).sections[0]?.entries.keys() ?? [])], ['credential_process', 'output']);
});

test('finds the default profile under both of its headers; another section is not a profile', () => {
	for (const header of ['[default]', '[profile default]']) {
		assert.equal(edit(`${header}\n`, {profile: 'default'}).text, `${header}\ncredential_process = ${process}\n`);
	}
	assert.equal(edit('[work]\n').text, `[work]\n\n[profile work]\ncredential_process = ${process}\n`);
});

test('keeps line ends', () => {
	const {text} = edit('[profile work]\r\noutput = json\r\n', {region: 'eu-west-1'});
	assert.equal(text.replaceAll('\r\n', '').includes('\n'), false);
	assert.equal(edit('[default]\r\n').text, `[default]\r\n\r\n[profile work]\r\ncredential_process = ${process}\r\n`);
});

test('keeps an existing region', () => {
	const {text, written, region} = edit('[profile work]\nregion = us-east-1\n', {region: 'eu-west-1'});
	assert.equal(region, 'us-east-1');
	assert.equal(edit('', {region: 'eu-west-1'}).region, 'eu-west-1');
	assert.doesNotMatch(text, /eu-west-1/);
	assert.deepEqual(written, [`credential_process = ${process}`]);
});

test("replaces this program's credential_process, and another program's only on request", () => {
	const ours = '[profile work]\ncredential_process=/old/node /old/cli.js aws credential-process old\nregion = x\n';
	assert.equal(edit(ours).text, `[profile work]\ncredential_process= ${process}\nregion = x\n`);
	const theirs = '[profile work]\n# vault\ncredential_process = /usr/bin/aws-vault export work\n';
	assert.throws(() => edit(theirs), {
		code: 'exists',
		message: /^line 3: the profile `work` has another/,
		hint: /--replace/,
	});
	assert.equal(edit(theirs, {replace: true}).text, `[profile work]\n# vault\ncredential_process = ${process}\n`);
	const indented = edit('[profile work]\n  credential_process = /a aws credential-process b ; old\n', {
		region: 'x',
	}).text;
	assert.equal(indented, `[profile work]\n  region = x\n; old\n  credential_process = ${process}\n`);
	const commented = '[profile work]\r\n  credential_process = /a aws credential-process b # why \r\nregion = x\r\n';
	const {text} = edit(commented);
	assert.equal(text, `[profile work]\r\n# why \r\n  credential_process = ${process}\r\nregion = x\r\n`);
	assert.deepEqual(edit(text).written, []);
	assert.throws(() => edit(`${ours.replace('region', '  region')}`), {code: 'invalid', message: /^line 3/});
});

test('refuses a duplicate profile, with its line', () => {
	assert.throws(() => edit('[profile work]\n[profile "work"]\n'), {code: 'invalid', message: /^line 2/});
	assert.throws(() => edit('[default]\n[profile default]\n', {profile: 'default'}), {message: /^line 2/});
});

test('finds settings that would take precedence, with their lines', () => {
	const config = '[profile work]\naws_access_key_id = x\nrole_arn =\nregion = y\n[profile other]\nrole_arn = z\n';
	assert.deepEqual(rivalsInProfile(config, 'work', 'config'), [{key: 'aws_access_key_id', line: 2}]);
	assert.deepEqual(rivalsInProfile(config, 'other', 'config'), [{key: 'role_arn', line: 6}]);
	const keys = '[default]\n\n[work]\naws_secret_access_key = x\naws_access_key_id = x\ncredential_process = y\n';
	assert.deepEqual(
		rivalsInProfile(keys, 'work', 'credentials').map(each => each.line),
		[5, 6],
	);
	assert.deepEqual(rivalsInProfile('', 'work', 'credentials'), []);
});

test('for any config file, a second run changes nothing and the rest is kept', () => {
	const value = fc.stringMatching(/^[a-z0-9/:-]{0,8}$/);
	const section = fc.record({
		header: fc.constantFrom('profile work', 'profile "work"', 'profile other', 'default', 'sso-session s', 'work'),
		indent: fc.constantFrom('', ' ', '\t'),
		entries: fc.uniqueArray(fc.tuple(fc.constantFrom('region', 'output', 's3', 'role_arn'), value), {
			selector: ([key]) => key,
		}),
	});
	fc.assert(
		fc.property(
			fc.uniqueArray(section, {selector: each => each.header.replaceAll('"', '')}),
			fc.constantFrom('\n', '\r\n'),
			fc.boolean(),
			(sections, newline, ended) => {
				const lines = sections.flatMap(({header, indent, entries}) => [
					`[${header}]`,
					'# a comment',
					...entries.map(([key, each]) => `${indent}${key} = ${each}`),
				]);
				const before = lines.join(newline) + (ended ? newline : '');
				const {text} = edit(before, {region: 'eu-west-1'});
				const again = edit(text, {region: 'eu-west-1'});
				assert.deepEqual([again.text, again.written], [text, []]);
				const after = text.split(/\r?\n/);
				assert.deepEqual(
					after.filter(line => lines.includes(line)),
					lines.filter(line => after.includes(line)),
				);
				const found = parseIni(text).sections.find(({name}) => /^profile "?work"?$/.test(name));
				assert.equal(found?.entries.get('credential_process')?.value, process);
			},
		),
	);
});
