import assert from 'node:assert/strict';
import {test} from 'node:test';
import {runCommandLine, type World} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';

const credentials = [storedCredential('aws'), storedCredential('Work'), storedCredential('box')];

async function remove(line: string, world: World = {}) {
	const outcome = await runCommandLine(['delete', 'credential', ...line.split(' ')], {credentials, ...world});
	const content = await outcome.content();
	return {
		...outcome,
		left: content?.credentials.map(credential => credential.name),
		trash: content?.trash.map(credential => credential.name),
	};
}

test('typing the exact name moves the credential to the trash', async () => {
	const {code, stdout, stderr, asked, left, trash} = await remove('WORK', {answers: ['Work']});
	assert.deepEqual([code, stdout, left, trash], [0, '', ['aws', 'box'], ['Work']]);
	assert.match(asked[0] ?? '', /Type Work to delete it/);
	assert.equal(
		stderr,
		'deleted `Work`; it stays in the trash for 30 days: `pharmer restore credential Work` brings it back\n',
	);
});

test('any other answer deletes nothing, not even those already confirmed', async () => {
	for (const answers of [['aws', 'work'], ['aws', ''], ['aws', 'yes'], ['aws'], []]) {
		const {code, left, stderr} = await remove('aws Work', {answers});
		assert.deepEqual([code, left], [3, ['aws', 'Work', 'box']], stderr);
	}
});

test('--yes asks nothing, and deletes all in one write', async () => {
	let writes = 0;
	const {code, asked, left, trash} = await remove('aws work AWS --yes', {
		meanwhile: content => {
			writes++;
			return content;
		},
	});
	assert.deepEqual([code, asked, left, trash, writes], [0, [], ['box'], ['aws', 'Work'], 1]);
});

test('without a terminal and without --yes, opens nothing', async () => {
	const {code, stderr, left, places} = await remove('aws');
	assert.deepEqual([code, left, places], [2, ['aws', 'Work', 'box'], []]);
	assert.match(stderr, /there is no terminal .*\nadd --yes/);
});

test('names every missing name and deletes nothing', async () => {
	const {code, stderr, left, asked} = await remove('aws nope nada', {answers: ['aws']});
	assert.deepEqual([code, left, asked], [4, ['aws', 'Work', 'box'], []]);
	assert.match(stderr, /there is no credential `nope` or `nada`\nnothing was deleted/);
	assert.equal((await remove('nope --yes')).code, 4);
});

test('keeps a credential that was changed meanwhile', async () => {
	const {code, left, stderr} = await remove('aws box --yes', {
		meanwhile: content => ({
			...content,
			credentials: content.credentials.map(each => (each.name === 'box' ? {...each, revision: 2} : each)),
		}),
	});
	assert.equal(code, 12);
	assert.match(stderr, /`box` was changed by somebody else/);
	assert.deepEqual(left, ['aws', 'Work', 'box']);
});
