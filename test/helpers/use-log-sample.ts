import fs from 'node:fs';
import path from 'node:path';
import type {TestContext} from 'node:test';
import type {UseKind} from '../../source/domain/use.js';
import {logBeside} from '../../source/vault/backends/use-log-file.js';
import type {UseLog} from '../../source/vault/use-log.js';
import {at, type small, vaultId, vaultKey} from './use-log-values.js';
import {temporaryFolder} from './vault-samples.js';

/** A folder with something in the place of a vault, and the log beside it. */
export function logSample(context: Pick<TestContext, 'after'>) {
	const folder = temporaryFolder(context);
	const vault = path.join(folder, 'vault.json');
	fs.writeFileSync(vault, 'a vault', {mode: 0o600});
	const log = `${vault}.used`;
	const open = (sizes?: typeof small, key = vaultKey, id = vaultId): UseLog => logBeside(vault, id, key, sizes);
	return {
		folder,
		vault,
		log,
		open,
		async note(id: string, kind: UseKind = 'exec', seconds = 0): Promise<void> {
			await open().note([id], kind, at(seconds));
		},
		/** The ids in it, newest first. */
		async ids(key = vaultKey): Promise<readonly string[]> {
			return (await open(undefined, key).read()).list.map(({id}) => id);
		},
		lines: (): readonly string[] => fs.readFileSync(log, 'latin1').split('\n').slice(0, -1),
	};
}
