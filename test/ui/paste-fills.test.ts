import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {serviceAccountText} from '../helpers/service-account.js';
import {openTerminal, type TerminalOptions} from '../helpers/terminal.js';

const account = serviceAccountText();
const dotenv = `# keys\nexport AWS_ACCESS_KEY_ID=${keyId}\nAWS_SECRET_ACCESS_KEY="${secretKey}"\n`;
const token = `dop_v1_${'0123456789abcdef'.repeat(4)}`;
const several = `${dotenv}DIGITALOCEAN_ACCESS_TOKEN=${token}\n`;

const manifest = `apiVersion: v1beta1
kind: Credential
metadata:
  annotations:
    note: from the wiki
  labels:
    env: prod
  name: prod-eu
spec:
  data:
    accessKeyID: ${keyId}
    secretAccessKey: ${secretKey}
  provider: aws
`;

/** The app over a vault with these credentials, unlocked. */
async function open(context: TestContext, names: readonly string[] = [], options: Partial<TerminalOptions> = {}) {
	const place = memoryVaultPlace({credentials: names.map(name => storedCredential(name)), trash: []}, 'open sesame');
	const terminal = await openTerminal({place, machine: {}, ...options});
	context.after(() => terminal.close());
	await terminal.press('open sesame', 'enter', 'n');
	const kept = async () => (await (await place.unlock(new Secret('open sesame'))).read()).credentials;
	return {terminal, kept};
}

const places = {
	'the provider': [],
	'the name': ['google', 'enter'],
	'where the fields come from': ['google', 'enter', 'enter'],
	'the place for a paste': ['google', 'enter', 'enter', 'down', 'down', 'down', 'enter'],
	'the path of a file': ['google', 'enter', 'enter', 'down', 'down', 'enter'],
	'a field of one line': ['google', 'enter', 'enter', 'enter'],
} as const;

for (const [where, keys] of Object.entries(places)) {
	test(`a service account that is pasted into ${where} fills the wizard`, async context => {
		const {terminal, kept} = await open(context);
		await terminal.press(...keys);
		await terminal.pass(5001);
		const before = terminal.screen();
		await terminal.paste(account.replaceAll('\n', '\r\n'));
		assert.match(terminal.screen(), /● review/);
		assert.match(terminal.screen(), /Project ID +invented-prod-123456[\s\S]*Filled from the paste; esc undoes it/);
		assert.doesNotMatch(terminal.written(), /PRIVATE KEY/);
		await terminal.press('esc');
		await terminal.pass(2001);
		assert.equal(terminal.screen(), before, 'esc undoes it');
		await terminal.paste(account);
		await terminal.press('enter');
		const [made] = await kept();
		assert.equal(made?.provider, 'gce');
		assert.equal(JSON.parse(made?.data.get('serviceAccount')?.reveal() ?? '').type, 'service_account');
	});
}

test('a service account that is pasted into the field that asks for it is its value', async context => {
	const {terminal} = await open(context);
	await terminal.press('google', 'enter', 'enter', 'enter', 'enter');
	assert.match(terminal.screen(), /Service account/);
	await terminal.paste(account);
	assert.match(terminal.screen(), /● fields[\s\S]*Pasted \d+ characters in \d+ lines/);
	await terminal.press('enter');
	assert.match(terminal.screen(), /● review[\s\S]*Project ID +invented-prod-123456/);
});

test('a .env and a manifest fill the wizard, labels and note too, and a paste of another provider changes it', async context => {
	const {terminal, kept} = await open(context);
	await terminal.paste(dotenv);
	assert.match(terminal.screen(), new RegExp(`Access key ID +${keyId} `));
	assert.match(terminal.screen(), /name +aws/);
	await terminal.press('esc');
	await terminal.pass(2001);
	await terminal.press('google', 'enter', 'mine', 'enter', 'enter', 'my-project-1');
	await terminal.paste(manifest);
	assert.match(terminal.screen(), /Filled as Amazon Web Services from the paste; esc undoes it/);
	assert.match(terminal.screen(), /name +mine[\s\S]*labels +env=prod[\s\S]*note +from the wiki/);
	await terminal.press('esc');
	assert.match(terminal.screen(), /Project ID[\s\S]*my-project-1/, 'what was typed is back');
	await terminal.pass(2001);
	await terminal.paste(manifest);
	await terminal.press('enter');
	const [made] = await kept();
	assert.deepEqual([made?.name, made?.note, made?.labels.get('env')], ['mine', 'from the wiki', 'prod']);
});

test('going back from what a paste has filled asks first where it was changed since', async context => {
	const {terminal} = await open(context);
	await terminal.paste(dotenv);
	await terminal.press('team=dns', 'esc');
	assert.match(terminal.screen(), /What was pasted, and what you have changed/);
	await terminal.press('esc');
	assert.match(terminal.screen(), /● review[\s\S]*labels +team=dns/);
	await terminal.press('esc', 'y');
	assert.match(terminal.screen(), /Which provider is it for\?/);
});

test('a paste that leaves a field out asks for it', async context => {
	const {terminal, kept} = await open(context);
	await terminal.press('enter', 'half', 'enter');
	await terminal.paste(`{"accessKeyID": "${keyId}", "region": "eu-west-1"}`);
	assert.match(terminal.screen(), /Secret access key[\s\S]*it is not in what was pasted: type it in/);
	await terminal.press(secretKey, 'enter', 'enter');
	assert.match(terminal.screen(), /● review[\s\S]*Region +eu-west-1/);
	await terminal.press('enter');
	assert.equal((await kept())[0]?.data.get('accessKeyID')?.reveal(), keyId);
});

test('a paste of several credentials offers to import them, and going back loses nothing', async context => {
	const {terminal, kept} = await open(context, ['prod']);
	await terminal.press('enter', 'typed-name');
	await terminal.paste(several);
	assert.match(terminal.screen(), /In the paste 2 · /);
	assert.match(terminal.screen(), /digitalocean/);
	await terminal.press('esc');
	assert.match(terminal.screen(), /What is it called\?[\s\S]*typed-name/);
	await terminal.paste(several);
	await terminal.press('ctrl+c');
	assert.match(terminal.screen(), /Discard the draft\?/);
	await terminal.press('esc');
	await terminal.paste(several);
	await terminal.press('enter');
	assert.match(terminal.screen(), /Kept digitalocean/);
	assert.equal((await kept()).length, 2, 'the key that the vault has is not kept again');
});

test('variables of no known provider are offered unticked', async context => {
	const {terminal, kept} = await open(context);
	await terminal.paste('DATABASE_URL=postgres://user:pw@host/db\nSESSION_SECRET=abcdefghijklmnop\n');
	assert.match(terminal.screen(), /In the paste 1[\s\S]*\[ \][\s\S]*no known provider/);
	await terminal.press(' ', 'enter');
	assert.equal((await kept())[0]?.provider, 'generic');
});

test('a value that is pasted stays a value', async context => {
	const {terminal, kept} = await open(context);
	await terminal.press('generic', 'enter', 'mine', 'enter', 'enter', 'config', 'enter');
	await terminal.paste(account);
	assert.match(terminal.screen(), /● fields/, 'a field that takes any text takes it');
	await terminal.press('enter', 'url', 'enter');
	await terminal.paste('Endpoint=sb://host/;SharedAccessKey=abc=');
	await terminal.press('enter', 'enter', 'down', 'down');
	await terminal.paste(dotenv);
	assert.match(terminal.screen(), /● review[\s\S]*note/, 'and so does the note');
	await terminal.press('ctrl+s');
	const [made] = await kept();
	assert.equal(made?.provider, 'generic');
	assert.equal(made?.data.get('url')?.reveal(), 'Endpoint=sb://host/;SharedAccessKey=abc=');
	assert.match(made?.note ?? '', /AWS_SECRET_ACCESS_KEY/);
});

test('a text of several lines that is nothing known says why, and nothing is lost', async context => {
	const {terminal} = await open(context);
	await terminal.press('enter', 'typed');
	await terminal.paste('two\nlines');
	assert.match(terminal.screen(), /❯ typed[\s\S]*Paste ignored: /);
	await terminal.paste(manifest.replace('v1beta1', 'v9'));
	assert.match(terminal.screen(), /❯ typed[\s\S]*Paste ignored: line 1, column 13: this `apiVersion` is not known/);
	await terminal.paste('x'.repeat(70_000));
	assert.match(terminal.screen(), /Paste ignored: it has 69 KiB/);
});

test('a whole credential that is pasted over the review fills it anew', async context => {
	const {terminal} = await open(context);
	await terminal.paste(dotenv);
	await terminal.press('team=dns', 'up');
	await terminal.paste(account);
	assert.match(terminal.screen(), /Filled as Google Cloud/);
	await terminal.press('esc');
	assert.match(terminal.screen(), /Access key ID[\s\S]*labels +team=dns/);
});
