import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readTemplate, readValue, type Template} from '../../source/text/references.js';
import {assertLinear} from '../helpers/linear.js';

/** A template in short: references as `<NAME/FIELD>`, problems by their place. */
const short = ({parts, problems}: Template): string =>
	parts.map(each => (typeof each === 'string' ? each : `<${each.name}/${each.field}>`)).join('') +
	problems.map(({at, reason}) => ` !${at} ${reason}`).join('');

test('a value is a reference, or holds some in braces', () => {
	for (const [value, read] of [
		['pharmer://db/password', '<db/password>'],
		['pharmer://a.b-c_d/E.f-g_1', '<a.b-c_d/E.f-g_1>'],
		['postgres://u:{{ pharmer://db/password }}@h', 'postgres://u:<db/password>@h'],
		['{{pharmer://db/user}}:{{\tpharmer://db/password  }}', '<db/user>:<db/password>'],
		['{{{pharmer://a/b}}}', '{<a/b>}'],
		['{{ x }} {{ pharmer://a/b }} }} {{', '{{ x }} <a/b> }} {{'],
		['', ''],
		['plain $x {{ y }}', 'plain $x {{ y }}'],
	] as const) {
		assert.equal(short(readValue(value)), read);
	}
});

test('what begins like a reference and is none is a problem, with its place', () => {
	const outside = 'stands outside of `{{ }}`';
	const alone = 'is not `pharmer://NAME/FIELD`';
	const wrong = 'is not `{{ pharmer://NAME/FIELD }}`';
	for (const [value, problem] of [
		['pharmer://db', `!0 ${alone}`],
		['pharmer://db/', `!0 ${alone}`],
		['pharmer://db/a/b', `!0 ${alone}`],
		['pharmer://db/a\n', `!0 ${alone}`],
		[' pharmer://db/a', `!1 ${outside}`],
		['pharmer://db@/a', `!0 ${alone}`],
		['pharmer://@team/a', `!0 ${alone}`],
		['pharmer://db@team@x/a', `!0 ${alone}`],
		[`pharmer://${'a'.repeat(64)}/b`, `!0 ${alone}`],
		['{{ pharmer://db }}', `!3 ${wrong}`],
		['{{ pharmer://db/a }', `!3 ${wrong}`],
		['{{ pharmer://db/a\n}}', `!3 ${wrong}`],
		['{{ pharmer://../a }}', `!3 ${wrong}`],
		['{{ pharmer://db/a | upper }}', `!3 ${wrong}`],
		['{ pharmer://db/a }', `!2 ${outside}`],
	] as const) {
		assert.equal(short(readValue(value)), `${value} ${problem}`);
	}
	assert.equal(short(readTemplate('pharmer://db/a')), `pharmer://db/a !0 ${outside}`, 'in a template only the braces');
	const several = readTemplate('pharmer://a/b {{ pharmer://c/d }} {{ pharmer://e }}');
	assert.deepEqual(
		several.problems.map(({at, isBare}) => [at, isBare]),
		[
			[0, true],
			[37, false],
		],
	);
});

test('the line of each is told', () => {
	const {parts, problems} = readTemplate(
		'a\n{{ pharmer://a/b }}\r\n\npharmer://x\n{{pharmer://c/d}} {{pharmer://e/f}}\n',
	);
	assert.deepEqual(
		parts.flatMap(each => (typeof each === 'string' ? [] : each.line)),
		[1, 4, 4],
	);
	assert.deepEqual(
		problems.map(({line}) => line),
		[3],
	);
});

test('reading takes linear time', () => {
	for (const unit of ['{{', '{{ pharmer://', ' ', 'pharmer://', '{{ pharmer://a/b', '{{ pharmer://a/b }}', 'pharmer:/'])
		assertLinear(`references in ${unit}`, readTemplate, length => unit.repeat(Math.ceil(length / unit.length)));
});
