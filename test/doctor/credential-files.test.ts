import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';
import {awsProfiles} from '../../source/doctor/aws-profiles.js';
import {examine} from '../../source/doctor/checks.js';
import {credentialFiles} from '../../source/doctor/credential-files.js';
import {importers} from '../../source/look/importers.js';
import {look} from '../../source/look/look.js';
import {fakeMachine} from '../helpers/fake-machine.js';
import {filesWorld} from '../helpers/import-world.js';
import {machineFiles} from '../helpers/machine.js';

const home = '/home/me';

for (const {kind, title} of importers) {
	test(`the files of ${title} are named with what takes them in, and nothing of what is in them`, async () => {
		const files = Object.fromEntries(
			Object.entries(machineFiles[kind] ?? {}).map(([path, text]) => [join(home, path), text]),
		);
		const world = filesWorld(files);
		const found = await examine(fakeMachine({world}), credentialFiles);
		const named = found.filter(({state}) => state === 'care');
		assert.ok(named.length > 0);
		for (const {text, fix} of named) {
			const [path = ''] = /^`([^`]*)`/.exec(text)?.slice(1) ?? [];
			assert.ok(path in files, path);
			assert.ok(text.includes(`(${title})`), text);
			assert.match(Object.values(fix ?? {})[0] ?? '', new RegExp(`^\`pharmer import --from ${kind}\` keeps them`));
		}
		const said = JSON.stringify(found);
		for (const each of (await look([], world)).found) {
			for (const [key, value] of each.data) {
				const secret = each.provider.fields.find(field => field.key === key)?.secret;
				if (secret === true) assert.ok(!said.includes(value.reveal()), `${kind} ${key}`);
			}
		}
	});
}

test('a file that others can read is said to be, and one that is damaged is not known', async () => {
	const world = filesWorld({
		[join(home, '.softlayer')]: [machineFiles.softlayer?.['.softlayer'] ?? '', 0o644],
		[join(home, '.civo.json')]: '{',
	});
	const found = await examine(fakeMachine({world}), credentialFiles);
	assert.deepEqual(
		found.map(({state}) => state),
		['care', 'unknown'],
	);
	assert.match(found[0]?.text ?? '', /has \d credentials?, and others can read it$/);
	assert.match(found[1]?.text ?? '', /^`.*\.civo\.json`/);
});

test('profiles of `aws setup` are looked up by program and script', async () => {
	const config = (line: string) =>
		filesWorld({[join(home, '.aws/config')]: `[profile p q]\ncredential_process = ${line}\n`});
	const there = ['/opt/node', '/opt/my pharmer', '/usr/bin/pharmer'];
	const look = async (line: string) => {
		const files = {
			program: (name: string) => there.find(path => path === name || path.endsWith(`/${name}`)),
			real: (path: string) => there.find(each => each === path),
		};
		const found = await examine(fakeMachine({world: config(line), files}), awsProfiles);
		return found.flatMap(({state, fix}) => [state, ...Object.values(fix ?? {})]);
	};
	assert.deepEqual(await look('/opt/node "/opt/my pharmer" aws credential-process work'), ['ok']);
	assert.deepEqual(await look('pharmer aws credential-process work'), ['ok']);
	assert.deepEqual(await look('another aws-program credential-process'), ['ok']);
	assert.deepEqual(await look('/opt/node /gone/pharmer aws credential-process work'), [
		'care',
		"pharmer aws setup work --profile 'p q'",
	]);
	assert.deepEqual(await look('/gone/node "/opt/my pharmer" --vault /v.json aws credential-process work'), [
		'care',
		"pharmer aws setup work --profile 'p q' --vault /v.json",
	]);
});

test('a profile of the credentials file, as closing it leaves one, is looked up too', async () => {
	const text = (program: string): string => `[work]\ncredential_process = ${program} aws credential-process work\n`;
	const look = async (program: string) => {
		const world = filesWorld({[join(home, '.aws/credentials')]: text(program)});
		const files = {program: (name: string) => (name === '/opt/pharmer' ? name : undefined), real: () => undefined};
		const found = await examine(fakeMachine({world, files}), awsProfiles);
		return found.flatMap(({state, text: said, fix}) => [state, said, ...Object.values(fix ?? {})]);
	};
	assert.deepEqual(await look('/opt/pharmer'), ['ok', '`work`: found']);
	const [state, said, advice] = await look('/gone/pharmer');
	assert.equal(state, 'care');
	assert.match(said ?? '', /`work` \(line 2 of `.*credentials`\) starts `\/gone\/pharmer`, which is not there/);
	assert.equal(advice, 'write the full path of this program into that line');
});
