/** Records of texts as one document: a list, for another program. */
export async function renderRecords(
	records: readonly Readonly<Record<string, string>>[],
	output: 'json' | 'yaml',
): Promise<string> {
	if (output === 'json') {
		const {escapeInQuotes} = await import('../text/visible.js');
		return escapeInQuotes(`${JSON.stringify(records, undefined, 2)}\n`);
	}
	const {writeYaml} = await import('../text/yaml.js');
	return writeYaml(records.map(each => new Map(Object.entries(each))));
}
