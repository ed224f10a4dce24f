/** An address of http or https without a name and password, query or fragment in it; undefined for any other text. */
export function addressIn(text: string): URL | undefined {
	if (!URL.canParse(text)) return undefined;
	const url = new URL(text);
	const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
	return isPlain && /^https?:$/.test(url.protocol) ? url : undefined;
}
