/** An element without elements in it: the names of those around it and its own, with slashes, and its text. */
export type Leaf = {readonly path: string; readonly text: string};

const deepest = 8;
const token = /<(\/?)([A-Za-z][\w:.-]{0,63})(?:\s[^<>]{0,500}?)?(\/?)>|<\?xml [^<>]{0,100}\?>|([^<]+)/y;

/**
 * The leaves of an XML document, in their order; undefined for what is not whole. It reads what storages answer and no
 * more: no comments, no sections, no types of documents, and no entities but those that XML itself has.
 */
export function leavesOf(xml: string): readonly Leaf[] | undefined {
	const leaves: Leaf[] = [];
	const open: string[] = [];
	let text = '';
	let isLeaf = false;
	let isOver = false;
	for (token.lastIndex = 0; token.lastIndex < xml.length; ) {
		const match = token.exec(xml);
		if (match === null) return undefined;
		const [, closing, name, empty, between] = match;
		if (between !== undefined) {
			if (open.length === 0 && between.trim() !== '') return undefined;
			text += between;
		} else if (name !== undefined && !closing) {
			if (isOver || open.length === deepest) return undefined;
			open.push(name);
			isLeaf = true;
			text = '';
		}
		if (name !== undefined && (closing || empty)) {
			const decoded = isLeaf ? decodedText(text) : '';
			if (decoded === undefined || open.at(-1) !== name) return undefined;
			if (isLeaf) leaves.push({path: open.join('/'), text: decoded});
			open.pop();
			isLeaf = false;
			isOver = open.length === 0;
		}
	}
	return isOver ? leaves : undefined;
}

const entities: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"};

/** The text with its references resolved; undefined where one is of no character. */
function decodedText(text: string): string | undefined {
	let isSound = true;
	const decoded = text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));|&/gi, (_, decimal, hex, name) => {
		const code = Number.parseInt(decimal ?? hex ?? '', hex === undefined ? 10 : 16);
		const char = code <= 0x10ffff ? String.fromCodePoint(code) : entities[name];
		isSound &&= char !== undefined;
		return char ?? '';
	});
	return isSound ? decoded : undefined;
}
