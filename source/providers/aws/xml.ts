/**
 * The texts of an answer of AWS's query services, by their elements' names, the first of each; undefined when the body
 * is not such an XML. What no such answer has, a declaration of a type above all, is refused.
 */
export function elementsOf(body: string): ReadonlyMap<string, string> | undefined {
	const xml = body.replace(/^\s*<\?xml[^>]*\?>/, '').trim();
	if (!xml.startsWith('<') || !xml.endsWith('>') || xml.includes('<!')) return undefined;
	const elements = new Map<string, string>();
	for (const [, name = '', text = '', end] of xml.matchAll(/<(\w{1,64})>([^<]{1,2000})<\/(\w{1,64})>/g))
		if (name === end && !elements.has(name)) elements.set(name, unescaped(text));
	return elements.size === 0 ? undefined : elements;
}

/** The same for each of the members of a list. */
export function membersOf(body: string): readonly ReadonlyMap<string, string>[] {
	return body
		.split('<member>')
		.slice(1)
		.flatMap(each => elementsOf(each.slice(0, Math.max(0, each.indexOf('</member>')))) ?? []);
}

/** The members of a list that are only texts. */
export function textsOf(body: string): readonly string[] {
	return [...body.matchAll(/<member>([^<]{1,2000})<\/member>/g)].map(([, text = '']) => unescaped(text));
}

const entities: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"};

function unescaped(text: string): string {
	return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? '');
}
