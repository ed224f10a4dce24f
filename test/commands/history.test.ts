import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {sealFile} from '../../source/vault/closed/closed.js';
import {closedFiles} from '../../source/vault/closed/section.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {
	addCredential,
	deleteCredentials,
	getByName,
	purgeVersions,
	replaceCredential,
} from '../../source/vault/operations.js';
import type {Content, VaultPlace} from '../../source/vault/vault.js';
import {now, runCommandLine, usualPassphrase} from '../helpers/command-line.js';
import {awsContent, secretKey, storedCredential} from '../helpers/credentials.js';
import {quick, temporaryFolder} from '../helpers/vault-samples.js';

const oldSecret = `OLD${secretKey.slice(3)}`;

/** A vault with `aws`, whose secret, and then name, note and label were changed. */
function place(change: (content: Content) => Content = content => content): VaultPlace {
	const at = (days: number) => new Date(now.getTime() - days * 86_400_000);
	const first = storedCredential('aws-old', {data: awsContent('aws-old', {secretAccessKey: oldSecret}).data});
	const edit = (content: Content, days: number, next: Parameters<typeof replaceCredential>[2]) =>
		replaceCredential(content, getByName(content, 'aws-old'), next, at(days)).content;
	const second = edit({credentials: [first], trash: []}, 30, awsContent('aws-old'));
	const labels = new Map([['team', 'core\u001b[31m']]);
	const content = edit(second, 2, {...awsContent('aws', {region: 'eu-west-1'}), labels, note: 'rotated'});
	return memoryVaultPlace(change(content), usualPassphrase);
}

const run = (line: string, world: Parameters<typeof runCommandLine>[1] = {}) =>
	runCommandLine(line.split(' '), {place: place(), ...world});

test('history lists the versions of a credential, without secrets', async () => {
	const {code, stdout, stderr} = await run('history aws');
	assert.equal(code, 0);
	assert.equal(
		stdout,
		[
			'VERSION  REPLACED     HOW     WHAT CHANGED',
			'2        2 days ago   edited  name, region, label team, note',
			'1        1 month ago  edited  secretAccessKey',
			'',
		].join('\n'),
	);
	assert.equal(stderr, '`aws` is at version 3 now; `pharmer restore aws --version N` brings one back\n');
	assert.equal((await run('history credential aws')).stdout, stdout);
	const none = await run('history box', {place: undefined, credentials: [storedCredential('box')]} as never);
	assert.deepEqual([none.code, none.stdout, none.stderr], [0, '', '`box` has no earlier versions\n']);
	assert.equal((await run('history nope')).code, 4);
});

test('history -o gives each version in full, or masked', async () => {
	const {stdout, stderr} = await run('history aws -o json');
	assert.equal(stderr, '');
	const document = JSON.parse(stdout);
	assert.deepEqual([document.kind, document.name, document.version], ['CredentialHistory', 'aws', 3]);
	assert.deepEqual(
		document.items.map(({version, cause, exact, credential: {metadata, spec}}: never) => [
			version,
			cause,
			exact,
			(metadata as {name: string}).name,
			(spec as {data: {secretAccessKey: string}}).data.secretAccessKey,
		]),
		[
			[2, 'edit', true, 'aws-old', secretKey],
			[1, 'edit', true, 'aws-old', oldSecret],
		],
	);
	const masked = await run('history aws -o yaml --redact');
	assert.match(masked.stdout, /^ {2}- version: 2\n {4}until: "20.*Z"\n {4}cause: edit\n {4}exact: true\n/m);
	assert.match(masked.stdout, /secretAccessKey: "?\[redacted\]/);
	assert.doesNotMatch(masked.stdout, /CANARY/);
});

test('restore --version brings a version back under the name of today', async () => {
	const {code, stdout, stderr, content} = await run('restore aws --version 1');
	assert.deepEqual([code, stdout], [0, '']);
	assert.equal(stderr, '`aws` is what it was at version 1; what it was until now is version 3\n');
	const after = await content();
	assert.ok(after !== undefined);
	const aws = getByName(after, 'aws');
	assert.deepEqual([aws.revision, aws.note, aws.labels.size], [4, undefined, 0]);
	assert.equal(aws.data.get('secretAccessKey')?.reveal(), oldSecret);
	assert.equal(aws.data.has('region'), false);

	const missing = await run('restore aws --version 9');
	assert.deepEqual(
		[missing.code, missing.stderr.split('\n').slice(0, 2)],
		[4, ['pharmer: there is no version 9 of `aws`', 'it has 2, 1: `pharmer history aws`']],
	);
	assert.match((await run('restore aws --version 3')).stderr, /`aws` is at version 3 now/);
	assert.equal((await run('restore nope --version 1')).code, 4);
});

test('restore --version says when a version is not exact, and when there is nothing to do', async () => {
	const foreign = place(content => ({
		...content,
		credentials: content.credentials.map(each => ({...each, revision: 4, note: 'by another program'})),
	}));
	const inexact = await run('restore aws --version 1', {place: foreign});
	assert.match(inexact.stderr, /^warning: version 1 is not exact: a program that keeps no versions has changed `aws`/);
	assert.match((await run('history aws', {place: foreign})).stdout, /edited \(not exact\)/);

	const renamed = place(content => {
		const next = {...getByName(content, 'aws'), name: awsContent('prod').name};
		return replaceCredential(content, getByName(content, 'aws'), next, now).content;
	});
	const same = await run('restore prod --version 3', {place: renamed});
	assert.equal(same.stderr, '`prod` is what it was at version 3: nothing to do\n');
});

test('flags of history and restore that do not go together are refused', async () => {
	for (const [line, refusal] of [
		['history aws --purge -o json', /`--purge` shows nothing/],
		['history aws --yes', /`--yes` is for `--purge`/],
		['history aws --purge', /no terminal to ask whether to purge/],
		['history', /NAME/],
		['restore aws --version 1 --name x', /can't be used together/],
		['restore aws box --version 1', /needs just one NAME/],
		['restore aws --version 0', /takes the number of a version/],
		['restore aws --version two', /takes the number of a version/],
	] as const) {
		const {code, stderr} = await run(line);
		assert.equal(code, 2, line);
		assert.match(stderr, refusal);
	}
});

test('history --purge asks for the name and removes all versions, also of what is in the trash', async () => {
	const kept = await run('history aws --purge', {answers: ['AWS']});
	assert.deepEqual([kept.code, kept.asked], [3, ['Type aws to purge its 2 versions: ']]);
	assert.match(kept.stderr, /nothing was purged/);
	const vault = place(content => deleteCredentials(content, [getByName(content, 'aws')], now).content);
	const listed = await run('history aws', {place: vault});
	assert.equal(listed.stdout.split('\n').length, 4);
	const purged = await run('history aws --purge --yes', {place: vault});
	assert.deepEqual([purged.code, purged.stderr], [0, 'purged 2 versions of `aws`\n']);
	assert.deepEqual((await purged.content())?.sections, {});
	const none = await run('history aws --purge --yes', {place: vault});
	assert.equal(none.stderr, '`aws` has no earlier versions\n');
	const open = await vault.unlock(new Secret(usualPassphrase));
	assert.equal((await open.read()).trash.length, 1);
});

test('a purge says that copies beside the vault still hold it, and makes them anew', async context => {
	const file = path.join(temporaryFolder(context), 'vault.json');
	const onDisk = () => fileVaultPlace(file, {...quick, now: () => now});
	const secret = new Secret(usualPassphrase);
	const vault = await onDisk().create(secret);
	await vault.change(content => addCredential(content, awsContent('aws', {secretAccessKey: oldSecret}), now));
	const edit = (note: string) =>
		vault.change(content => {
			const basis = getByName(content, 'aws');
			return replaceCredential(content, basis, {...awsContent('aws'), note}, now);
		});
	await edit('one');
	const copy = `${file}.2026-03-01`;
	fs.copyFileSync(file, `${file}.2026-02-28`);
	const before = fs.readdirSync(path.dirname(file)).sort();

	const kept = await run('history aws --purge --yes', {place: onDisk()});
	assert.match(
		kept.stderr,
		/^purged 1 version of `aws`\n2 copies of the vault beside it may still hold them: in seven days/,
	);
	assert.deepEqual(fs.readdirSync(path.dirname(file)).sort(), before);
	await edit('two');
	const asked = await run('history aws --purge', {place: onDisk(), answers: ['aws', 'n']});
	assert.deepEqual(asked.asked.slice(1), [
		'2 copies of the vault beside it may still hold them. Make the copies anew? [y/N] ',
	]);
	assert.deepEqual(fs.readdirSync(path.dirname(file)).sort(), before);

	await edit('three');
	const renewed = await run('history aws --purge --yes --copies', {place: onDisk()});
	assert.match(renewed.stderr, /kept a copy of the vault as it is now: `.*2026-03-01`\nremoved `.*2026-02-28`\n$/);
	assert.deepEqual(fs.readFileSync(copy), fs.readFileSync(file));
	const content = await (await fileVaultPlace(copy, quick).unlock(secret)).read();
	assert.deepEqual([content.credentials.length, content.sections], [1, {}]);
});

test('versions in clear are noted as a use, and those without secrets are not', async () => {
	const vault = place();
	const uses = async () => (await (await vault.unlock(new Secret(usualPassphrase))).openUseLog().read()).list;
	for (const line of ['history aws', 'history aws -o json --redact', 'history aws -o yaml --redact'])
		await run(line, {place: vault});
	assert.deepEqual(await uses(), []);
	await run('history aws -o json', {place: vault});
	assert.deepEqual(
		(await uses()).map(({kind}) => kind),
		['get'],
	);
});

test('a purge takes along the old texts of closed files that hold the credential, and names the files', async () => {
	const closed = (content: Content): Content =>
		sealFile(
			content,
			{
				id: 'x',
				machine: 'here',
				path: '/home/me/.aws/credentials',
				target: '/home/me/.aws/credentials',
				closing: 'process',
				mode: 0o600,
				closedMode: 0o600,
				owner: 1000,
				at: '2026-03-01T12:00:00Z',
				sha256: 'ab'.repeat(32),
				old: new Secret('b2xk'),
				size: 3,
				credentials: [getByName(content, 'aws').id],
				isDone: true,
			},
			now,
		).content;
	const vault = place(closed);
	const kept = await run('history aws --purge', {place: vault, answers: ['no']});
	assert.equal(kept.code, 3);
	assert.match(
		kept.stderr,
		/the old text of `\/home\/me\/\.aws\/credentials` holds it and goes too: it can't be reopened/,
	);
	const purged = await run('history aws --purge --yes', {place: vault});
	assert.match(purged.stderr, /purged the old text of `\/home\/me\/\.aws\/credentials`, which held it/);
	assert.deepEqual(closedFiles((await purged.content()) ?? assert.fail()), []);
	const only = place(content => closed(purgeVersions(content, getByName(content, 'aws')).content));
	const alone = await run('history aws --purge --yes', {place: only});
	assert.match(alone.stderr, /purged the old text/);
});
