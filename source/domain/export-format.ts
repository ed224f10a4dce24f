/** The formats of an export, as `-o` names them. */
export const exportFormats = ['yaml', 'json', 'dotenv', 'aws', 'csv', 'tfvars', 'k8s-secret'] as const;

export type ExportFormat = (typeof exportFormats)[number];

/** What a file in each format is for, and the name of one. */
export const exportWording: Readonly<Record<ExportFormat, {readonly what: string; readonly file: string}>> = {
	yaml: {what: 'manifests, which import reads back', file: 'credentials.yaml'},
	json: {what: 'the same manifests as JSON', file: 'credentials.json'},
	dotenv: {what: 'the variables that its tools read', file: 'credentials.env'},
	aws: {what: 'a credentials file of the AWS tools', file: 'credentials'},
	csv: {what: 'a table of all fields', file: 'credentials.csv'},
	tfvars: {what: 'a variable for Terraform', file: 'credentials.tfvars'},
	'k8s-secret': {what: 'a Secret for kubectl apply', file: 'credentials.k8s.yaml'},
};

/** How the names of files end that are in a format, the first that matches; Terraform reads its own JSON, not ours. */
const endings: readonly (readonly [ending: RegExp, format: ExportFormat | undefined])[] = [
	[/\.tfvars\.json$/, undefined],
	[/\.tfvars$/, 'tfvars'],
	[/\.k8s\.ya?ml$/, 'k8s-secret'],
	[/\.ya?ml$/, 'yaml'],
	[/\.json$/, 'json'],
	[/\.csv$/, 'csv'],
	[/\.env$|^\.env\.[^.]+$/, 'dotenv'],
	[/^credentials$/, 'aws'],
];

/** The format that whoever reads a file of that name expects; undefined when the name tells none. */
export function formatOfName(path: string): ExportFormat | undefined {
	const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
	return endings.find(([ending]) => ending.test(name))?.[1];
}
