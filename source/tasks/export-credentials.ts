import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {ExportFormat} from '../domain/export-format.js';
import type {Machine} from './machine.js';

type Render = (credentials: readonly Credential[]) => string;

/** The writer of each format, loaded on demand. */
const writers: Readonly<Record<ExportFormat, () => Promise<Render>>> = {
	async yaml() {
		const {renderYaml} = await import('../documents/manifest.js');
		return credentials => renderYaml(oneOrAll(credentials));
	},
	async json() {
		const {renderJson} = await import('../documents/manifest-json.js');
		return credentials => renderJson(oneOrAll(credentials));
	},
	dotenv: async () => (await import('../documents/exports/dotenv.js')).exportDotenv,
	aws: async () => (await import('../providers/aws/export.js')).exportAws,
	csv: async () => (await import('../documents/exports/csv.js')).exportCsv,
	tfvars: async () => (await import('../documents/exports/tfvars.js')).exportTfvars,
	'k8s-secret': async () => (await import('../documents/exports/k8s-secret.js')).exportSecrets,
};

/** A single credential by itself, several as a list. */
function oneOrAll(credentials: readonly Credential[]): Credential | readonly Credential[] {
	const [only] = credentials;
	return credentials.length === 1 && only !== undefined ? only : credentials;
}

/** Credentials in clear, in that format. Throws `invalid` for what it can't hold. */
export async function renderExport(format: ExportFormat, credentials: readonly Credential[]): Promise<string> {
	const render = await writers[format]();
	return render(credentials);
}

/**
 * Writes credentials in clear to a new file and returns its path. Throws `invalid` for what the format can't hold,
 * `file`, and `usage` in the demo.
 */
export async function exportCredentials(
	path: string,
	format: ExportFormat,
	credentials: readonly Credential[],
	machine: Machine,
): Promise<string> {
	if (machine.isDemo) throw new PharmerError('usage', 'this is the demo: nothing is written');
	const text = await renderExport(format, credentials);
	const whole = machine.expand(path);
	await machine.writeNew(whole, text);
	return whole;
}
