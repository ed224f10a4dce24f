import assert from 'node:assert/strict';
import {test} from 'node:test';
import {entryLimit} from '../../../source/team/log/entry.js';
import {signed} from '../../../source/team/log/member-keys.js';
import {readSlot} from '../../../source/team/log/rule.js';
import {logText} from '../../../source/team/log/text.js';
import {assertSkipped, begun, skippedWhy} from '../../helpers/log-rule.js';
import {ana, ben, cleo, dora, type GrowingLog, type Person, vaultId} from '../../helpers/team-log.js';
import {ofCode} from '../../helpers/vault-samples.js';

for (const [what, make] of [
	['nothing', () => ''],
	['a word', () => 'hello'],
	['an empty object', () => '{}'],
	['a list', () => '[]'],
	['null', () => 'null'],
	['half an entry', text => text.slice(0, text.length / 2)],
	['a line feed at the end', text => `${text}\n`],
	['a space', text => text.replace('"h":', '"h": ')],
	['a letter written as an escape', text => text.replace('"change"', '"\\u0063hange"')],
	['an escape in upper case', text => text.replace('"change"', '"\\u0063hang\\u0065"')],
	['another order', text => text.replace(/^\{("h":\{.*?\}),("data":"[^"]*"),/, '{$2,$1,')],
	['another order in the header', text => text.replace(/("seq":\d+),("prev":"\w+")/, '$2,$1')],
	['a member twice', text => text.replace('"kind":"change"', '"kind":"change","kind":"change"')],
	['a member more', text => text.replace('"kind"', '"extra":1,"kind"')],
	['a member with a name that means something', text => text.replace('"kind"', '"__proto__":{},"kind"')],
	['a member less', text => text.replace(/"prev":"\w+",/, '')],
	['a number with a fraction', text => text.replace(/"seq":(\d+)/, '"seq":$1.0')],
	['a number with an exponent', text => text.replace(/"seq":(\d+)/, '"seq":$1e0')],
	['a negative number', text => text.replace(/"seq":/, '"seq":-')],
	['an id in upper case', text => text.replace(/"id":"\w+"/, `"id":"${'A'.repeat(32)}"`)],
	['base64 with other unused bits', text => text.replace(/(.)==("\}$)/, (_, bits, end) => `${after(bits)}==${end}`)],
	['base64 without its end', text => text.replace(/==("\}$)/, '$1')],
	['base64 with a line feed', text => text.replace('"data":"', '"data":"\\n')],
	['base64url', text => text.replace(/"data":"[^"]{4}/, '"data":"-_-_')],
	['a mark of byte order', text => `\u00ef\u00bb\u00bf${text}`],
	['an unknown kind', text => text.replace('"change"', '"chance"')],
	['an older format', text => text.replace('"format":1', '"format":0')],
	['a format that is text', text => text.replace('"format":1', '"format":"1"')],
] as readonly (readonly [string, (text: string) => string])[])
	test(`an entry counts in its only spelling: not with ${what}`, () => {
		const log = begun();
		const text = log.forged(ben).toString('latin1');
		const bytes = Buffer.from(make(text), 'latin1');
		assert.notEqual(bytes.toString('latin1'), text);
		assertSkipped(log, bytes, /^it has not the form of an entry$/);
	});

/** The base64 digit after one: it stands for the same bytes where its last bits are not used. */

/** The base64 digit after one: it stands for the same bytes where its last bits are not used. */
function after(digit: string): string {
	const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
	return digits[digits.indexOf(digit) + 1] ?? '';
}

test('a slot of more than 1 MiB counts for nobody, also where its beginning is an entry', () => {
	const log = begun();
	assertSkipped(log, Buffer.concat([log.forged(ben), Buffer.alloc(entryLimit, ' ')]), /too large/);
	assertSkipped(log, Buffer.alloc(entryLimit + 1, '['), /too large/);
	assertSkipped(log, Buffer.alloc(entryLimit, '['), /form/);
});

/** An entry of a format to come, in whatever form, signed. */
function newer(log: GrowingLog, author: Person, edit: object = {}, more = ''): Buffer {
	const {format: _, ...header} = log.header(author);
	const whole = logText({h: {format: 2, ...header, ...edit}, data: Buffer.alloc(40).toString('base64')});
	const text = `${whole.slice(0, -1)}`.replace('"data"', `${more}"data"`);
	return Buffer.from(`${text},"sig":"${signed(`${text}}`, author.keys)}"}`);
}

test('an entry of a newer format stops where an admin has signed it for this slot, and is noise otherwise', () => {
	const log = begun();
	for (const edit of [{}, {kind: 'new', more: {deep: [1.5, null]}}])
		assert.throws(() => log.put(newer(log, ana, edit)), ofCode('newer-version', /ana/));
	for (const [what, bytes] of [
		['by a writer, who could stop the team', newer(log, ben)],
		['by a reader', newer(log, cleo)],
		['by a stranger', newer(log, dora)],
		["in a member's name", newer(log, dora, {by: ana.keys.id})],
		['of another vault', newer(log, ana, {vault: vaultId.replace('5', '6')})],
		['for another slot', newer(log, ana, {seq: 2})],
		['after another entry', newer(log, ana, {prev: '1'.repeat(64)})],
		['with one more member', newer(log, ana, {}, '"more":1,')],
	] as const)
		assert.match(skippedWhy(readSlot(log.state, bytes, ana.keys)), /^it has not the form/, what);
});

test('noise that looks like a newer format and is nested without end is noise', () => {
	const log = begun();
	const [text] = newer(log, ana).toString().split(',"kind"');
	const nested = `${'['.repeat(500_000)}${']'.repeat(500_000)}`;
	const tail = `"data":"${'A'.repeat(40)}","sig":"${'A'.repeat(86)}=="}`;
	assertSkipped(log, Buffer.from(`${text},"by":"${ana.keys.id}","deep":${nested}},${tail}`), /^it has not the form/);
});
