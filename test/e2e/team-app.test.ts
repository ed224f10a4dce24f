import assert from 'node:assert/strict';
import {renameSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import {systemGit} from '../../source/platform/git.js';
import {gitStore} from '../../source/stores/git.js';
import {type TeamReach, worldAt} from '../../source/tasks/team/team-world.js';
import {beginJoining, finishJoining} from '../../source/team/joining.js';
import {add, found} from '../../source/team/members.js';
import {sync} from '../../source/team/sync.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import type {Vault} from '../../source/vault/vault.js';
import {type BareRepository, bareRepository} from '../helpers/bare-repository.js';
import {openProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, typedAws, usualVault} from '../helpers/quick-vault.js';

/** The vault of a home, and what shares it. */
async function deviceOf(home: string, {folder, remote}: BareRepository) {
	const vault = await fileVaultPlace(usualVault(home)).unlock(new Secret(passphrase));
	const reach: TeamReach = {
		openStore: async address => {
			assert.ok(address.kind === 'git');
			return gitStore(address, systemGit(process.env), join(folder, 'cache', vault.id));
		},
		now: () => new Date(),
		wait: async () => {},
	};
	const given = {url: `git+${remote}`, opener: undefined};
	const world = await worldAt(vault, undefined, given, reach);
	return {vault: vault as Vault, world, given};
}

/** Two homes that share a vault by a repository. */
async function twoHomes(context: TestContext, repository: BareRepository) {
	const [here, there] = [temporaryHome(context), temporaryHome(context)];
	await putVault(usualVault(here), typedAws('prod'));
	await putVault(usualVault(there), typedAws('own-of-ben'));
	const ana = await deviceOf(here, repository);
	await found(ana.world, {...ana.given, name: parseName('ana')});
	await sync(ana.world);
	const ben = await deviceOf(there, repository);
	const keys = await beginJoining(ben.vault, ben.given);
	const {seq, hash} = await add(ana.world, {name: parseName('ben'), keys}, 'writer');
	await finishJoining(ben.world, {seq, isHash: each => each === hash});
	for (const {vault, world} of [ana, ben]) {
		world.store.close();
		await vault.close();
	}
	const start = async (home: string) => {
		const app = openProgram(context, {home, columns: 100, rows: 30});
		await app.see(/vault is locked/);
		app.press(passphrase, 'enter');
		await app.see(/Credentials 2/);
		await app.see(/shared · just now/);
		return app;
	};
	return {ana: await start(here), ben: await start(there)};
}

test('what one changes in the app is in the app of the other, by a repository', async context => {
	const repository = bareRepository(context);
	if (repository === undefined) return;
	const {ana, ben} = await twoHomes(context, repository);
	ana.press('/', 'prod', 'enter', 'R');
	await ana.see(/Rename prod/);
	ana.press('ctrl+u', 'production', 'enter');
	await ana.see(/prod is called production now/);
	ana.press('M', 's');
	await ana.see(/In sync: /);
	ben.press('M', 's');
	await ben.see(/In sync: /);
	ben.press('esc');
	await ben.see(/production/);

	const away = `${repository.directory}-away`;
	renameSync(repository.directory, away);
	ana.press('s');
	await ana.see(/The last sync failed: /);
	ana.press('esc');
	await ana.see(/sync failed: /);
	ana.press('/', 'ctrl+u', 'own', 'enter', 'R');
	await ana.see(/Rename own-of-ben/);
	ana.press('ctrl+u', 'while-off', 'enter');
	await ana.see(/own-of-ben is called while-off now/);
	renameSync(away, repository.directory);
	ana.press('M', 's');
	await ana.see(/In sync: /);
	ben.press('M', 's');
	await ben.see(/In sync: /);
	ben.press('esc');
	await ben.see(/while-off/);
	for (const app of [ana, ben]) {
		app.press('q');
		assert.equal(await app.ended(), 0);
	}
});
