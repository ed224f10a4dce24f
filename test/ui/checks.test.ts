import assert from 'node:assert/strict';
import {test} from 'node:test';
import {keyId} from '../helpers/credentials.js';
import {contentOf, openApp} from '../helpers/opened.js';
import {samplesOf} from '../helpers/samples.js';

const [first, , other] = samplesOf('oci');

test('the account of an AWS key id is shown below it once the id is complete', async context => {
	const {terminal} = await openApp(context, []);
	await terminal.press('n', 'aws', 'enter', 'enter', 'enter', 'ASIAQNZGKIQY56JQ7WM');
	assert.doesNotMatch(terminal.screen(), /a key of the account/);
	await terminal.press('L');
	assert.match(terminal.screen(), /a key of the account 029608264753/);
	await terminal.press('ctrl+u', keyId);
	assert.match(terminal.screen(), /a key of the account \d{12}/);
});

/** The wizard at the private key of an Oracle Cloud credential with that fingerprint. */
async function atPrivateKey(context: Parameters<typeof openApp>[0], fingerprint: string) {
	const {terminal, place} = await openApp(context, []);
	await terminal.press('n', 'oci', 'enter', 'enter', 'enter');
	for (;;) {
		const {screen} = terminal.store.getState();
		const key = screen.kind === 'wizard' ? (screen.fields[screen.focus]?.key ?? '') : '';
		if (key === 'privateKey' || key === '') break;
		await terminal.paste(key === 'fingerprint' ? fingerprint : (first?.[key] ?? ''));
		await terminal.press('enter');
	}
	return {terminal, place};
}

test('a private key that does not match the fingerprint is reported at once', async context => {
	const {terminal} = await atPrivateKey(context, first?.fingerprint ?? '');
	await terminal.paste(other?.privateKey ?? '');
	await terminal.press('enter');
	assert.match(terminal.screen(), /the fingerprint is not that of this key/);
	await terminal.press('ctrl+u');
	await terminal.paste(first?.privateKey ?? '');
	await terminal.press('enter');
	assert.doesNotMatch(terminal.screen(), /fingerprint is not/);
});

test('an invalid service account is reported as soon as it is entered', async context => {
	const account = samplesOf('gce')[0]?.serviceAccount ?? '';
	const {terminal} = await openApp(context, []);
	await terminal.press('n', 'gce', 'enter', 'enter', 'enter', 'my-project-123456', 'enter');
	for (const [text, said] of [
		['{"type": "service_account"', /JSON/],
		[JSON.stringify({...JSON.parse(account), type: 'authorized_user'}), /service_account|service account/],
		[JSON.stringify({...JSON.parse(account), private_key: 'nothing'}), /`private_key` can not be read/],
	] as const) {
		await terminal.press('ctrl+u');
		await terminal.paste(text);
		await terminal.press('enter');
		assert.match(terminal.screen(), said);
		assert.match(terminal.screen(), /again to keep it/);
	}
	await terminal.press('ctrl+u');
	await terminal.paste(account);
	await terminal.press('enter');
	assert.doesNotMatch(terminal.screen(), /again to keep it/);
});

test('a field that follows from the others may be left empty', async context => {
	const account = samplesOf('gce')[0];
	const {terminal} = await openApp(context, []);
	await terminal.press('n', 'gce', 'enter', 'enter', 'enter', 'enter');
	assert.match(terminal.screen(), /Service account key/);
	await terminal.paste(account?.serviceAccount ?? '');
	await terminal.press('enter');
	const project = (JSON.parse(account?.serviceAccount ?? '{}') as {project_id: string}).project_id;
	assert.match(terminal.screen(), new RegExp(`● review.*Project ID +${project}  from the other fields`, 's'));

	const {terminal: oci, place} = await atPrivateKey(context, '');
	await oci.paste(first?.privateKey ?? '');
	await oci.press('enter', 'enter', first?.region ?? '', 'enter', 'enter');
	assert.match(oci.screen(), /is in the vault/);
	const [kept] = (await contentOf(place)).credentials;
	assert.equal(kept?.data.get('fingerprint')?.reveal(), first?.fingerprint);

	const {terminal: wrong} = await openApp(context, []);
	await wrong.press('n', 'gce', 'enter', 'enter', 'enter', 'enter');
	await wrong.paste('{"type": "service_account"}');
	await wrong.press('enter', 'enter');
	assert.match(wrong.screen(), /Project ID can't be empty/);
	await wrong.press('enter');
	assert.match(wrong.screen(), /Project ID can't be empty/, 'nothing is left to wait for');
});

test('a complete way to sign in skips the fields of the others', async context => {
	const {terminal} = await openApp(context, []);
	await terminal.press('n', 'cloudflare', 'enter', 'enter', 'enter');
	assert.match(terminal.screen(), /API token {2}or the global API key with its email address/);
	await terminal.paste(samplesOf('cloudflare')[0]?.apiToken ?? '');
	await terminal.press('enter');
	assert.match(terminal.screen(), /Account ID {2}optional/);
	await terminal.press('esc', 'ctrl+u', 'enter');
	assert.match(terminal.screen(), /Global API key {2}or an API token/);
	// Nothing at all is no way to sign in: the review says so and goes back to what is missing.
	await terminal.press('enter', 'enter', 'enter', 'enter');
	assert.match(terminal.screen(), /it needs an API token or the global API key/);
});
