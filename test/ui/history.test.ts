import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {timestamp} from '../../source/domain/time.js';
import {sealFile} from '../../source/vault/closed/closed.js';
import {closedFiles} from '../../source/vault/closed/section.js';
import {versionsOf} from '../../source/vault/history/history.js';
import {deleteCredentials, getByName, replaceCredential} from '../../source/vault/operations.js';
import type {Content, VaultPlace} from '../../source/vault/vault.js';
import {closedFile} from '../helpers/closed-file.js';
import {awsContent, secretKey} from '../helpers/credentials.js';
import {contentOf, openApp, passphrase} from '../helpers/opened.js';
import type {TestTerminal} from '../helpers/terminal.js';

/** Sets the region of the selected credential. */
const region = (name: string) => ['e', 'down', 'down', 'down', 'ctrl+u', name, 'ctrl+s'];

/** Somebody else's change, noticed by the app. */
async function meanwhile(place: VaultPlace, terminal: TestTerminal, change: (content: Content) => Content) {
	const other = await place.unlock(new Secret(passphrase));
	await other.change(content => ({content: change(content), result: undefined}));
	await terminal.settle();
}

const regionIn = async (place: VaultPlace) =>
	getByName(await contentOf(place), 'prod')
		.data.get('region')
		?.reveal();

test('v shows what each change replaced, and enter brings a version back with its own undo', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press('v');
	assert.match(terminal.screen(), /There are no earlier versions/);
	await terminal.press('esc', ...region('eu-west-1'), ...region('eu-west-2'), 'v');
	assert.match(terminal.screen(), /Versions of prod 2/);
	assert.match(terminal.screen(), /❯ 2 +just now +edited +Region/);
	assert.match(terminal.screen(), /Region +eu-west-1 +eu-west-2/);
	await terminal.press('j');
	assert.match(terminal.screen(), /❯ 1 +just now +edited +Region/);
	assert.match(terminal.screen(), /Region +none +eu-west-2/);
	await terminal.press('enter');
	assert.match(terminal.screen(), /prod is what it was at version 1; z takes it back/);
	assert.equal(await regionIn(place), undefined);
	await terminal.press('z');
	assert.equal(await regionIn(place), 'eu-west-2');
	await terminal.press('v');
	assert.match(terminal.screen(), /4 +just now +taken back +Region/);
});

test('secrets stay hidden until r, and are hidden again after a lock', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'down', 'ctrl+u', `x${secretKey.slice(1)}`, 'ctrl+s', 'v');
	assert.match(terminal.screen(), /Secret access key +•+ +•+/);
	assert.doesNotMatch(terminal.screen(), /CANARY/);
	await terminal.press('r');
	assert.match(terminal.screen(), /Secret access key +wJalrXUt\S+ +xJalrXUt/);
	const uses = (await place.unlock(new Secret(passphrase))).openUseLog();
	assert.deepEqual(
		(await uses.read()).list.map(({kind}) => kind),
		['reveal'],
	);
	await terminal.press('ctrl+x');
	assert.doesNotMatch(terminal.screen(), /Jalr/);
	await terminal.press(passphrase, 'enter');
	assert.match(terminal.screen(), /Versions of prod 1/);
	assert.match(terminal.screen(), /Secret access key +•+ +•+/);
});

test('a change by somebody else is shown, and leads back to the list when the credential is gone', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press(...region('eu-west-1'), 'v');
	await meanwhile(place, terminal, content => {
		const basis = getByName(content, 'prod');
		return replaceCredential(content, basis, {...basis, note: 'theirs'}, new Date()).content;
	});
	assert.match(terminal.screen(), /Versions of prod 2/);
	assert.match(terminal.screen(), /❯ 2 +just now +edited +note/);
	await meanwhile(place, terminal, ({trash, sections}) => ({credentials: [], trash, ...(sections && {sections})}));
	assert.match(terminal.screen(), /That credential is gone/);
});

test('versions in the trash are shown, and come back only with the credential', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press(...region('eu-west-1'));
	await meanwhile(place, terminal, content => {
		return deleteCredentials(content, [getByName(content, 'prod')], new Date()).content;
	});
	await terminal.press('T', 'v', 'enter');
	assert.match(terminal.screen(), /it is in the trash: restore it first/i);
	await terminal.press('esc', 'enter');
	assert.match(terminal.screen(), /prod is back in the list/);
	await terminal.press('esc', 'v', 'enter');
	assert.match(terminal.screen(), /prod is what it was at version 1/);
});

test('d purges the versions after their name is typed, for good', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press(...region('eu-west-1'), 'v', 'd');
	assert.match(terminal.screen(), /Purge the versions of prod\?/);
	await terminal.press('enter');
	assert.match(terminal.screen(), /Type prod first/);
	await terminal.press('prod', 'enter');
	assert.match(terminal.screen(), /The versions of prod are gone for good/);
	const content = await contentOf(place);
	assert.deepEqual(versionsOf(content, getByName(content, 'prod')), []);
	assert.equal(await regionIn(place), 'eu-west-1');
	await terminal.press('z');
	assert.match(terminal.screen(), /A purge can't be taken back/);
	await terminal.press('z');
	assert.equal(await regionIn(place), undefined);
});

test('a purge from the trash removes the versions too, and says so before', async context => {
	const {place, terminal} = await openApp(context, ['prod', 'box']);
	await terminal.press('j', ...region('eu-west-1'), 'd', 'y', 'T', 'd');
	assert.match(terminal.screen(), /It goes for good, with its versions/);
	await terminal.press('prod', 'enter');
	assert.deepEqual((await contentOf(place)).sections, {});
	assert.equal((await contentOf(place)).credentials[0]?.name, awsContent('box').name);
});

test('a purge says before how many closed files it keeps from being put back', async context => {
	const {place, terminal} = await openApp(context, ['prod', 'box']);
	await meanwhile(place, terminal, content =>
		['prod', 'prod', 'box'].reduce((all, name) => {
			const file = closedFile({at: timestamp(new Date()), credentials: [getByName(content, name).id]});
			return sealFile(all, file, new Date()).content;
		}, content),
	);
	await terminal.press('j', ...region('eu-west-1'), 'v', 'd');
	assert.match(terminal.screen(), /2 closed files can't be put back\./);
	await terminal.press('esc', 'esc', 'd');
	assert.match(terminal.screen(), /2 closed files ask for it\./);
	await terminal.press('y', 'T', 'd');
	assert.match(terminal.screen(), /2 closed files can't be put back\./);
	await terminal.press('prod', 'enter');
	assert.equal(closedFiles(await contentOf(place))?.length, 1);
	await terminal.press('esc', 'd', 'y', 'T', 'd');
	assert.match(terminal.screen(), /1 closed file can't be put back\./);
});

test('tab in a purge makes the copies of the last days anew, too', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press(...region('eu-west-1'), 'v', 'd');
	assert.match(terminal.screen(), /Copies of the last days keep it \(tab: make them anew, too\)/);
	await terminal.press('tab');
	assert.match(terminal.screen(), /The copies of the last days are made anew, too/);
	await terminal.press('prod', 'enter');
	assert.match(terminal.screen(), /The versions of prod are gone for good\. The copies are made anew\./);
	await terminal.press('esc', 'd', 'tab');
	assert.doesNotMatch(terminal.screen(), /[Cc]opies of the last days/);
});

test('a rename says that closed files still ask for the old name', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await meanwhile(place, terminal, content => {
		const file = closedFile({at: timestamp(new Date()), credentials: [getByName(content, 'prod').id]});
		return sealFile(content, file, new Date()).content;
	});
	await terminal.press('R', '2', 'enter');
	assert.match(terminal.screen(), /prod is called prod2 now, closed files still ask for prod; z takes/);
});
