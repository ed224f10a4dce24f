import assert from 'node:assert/strict';
import {test} from 'node:test';
import {comparedLabels, meets, parseSelector} from '../../source/credentials/selector.js';
import type {PharmerError} from '../../source/domain/errors.js';

const labelled = (labels: Record<string, string>) => comparedLabels(new Map(Object.entries(labels)));
const all = {
	web: labelled({env: 'prod', Team: 'Web'}),
	infra: labelled({env: 'dev', team: 'infra', old: ''}),
	plain: labelled({}),
};

function selected(text: string): readonly string[] {
	const conditions = parseSelector(text);
	return Object.entries(all).flatMap(([name, labels]) => (conditions.every(each => meets(labels, each)) ? [name] : []));
}

test('a selector has the forms of kubectl, without regard to case', () => {
	const cases: readonly (readonly [text: string, names: readonly string[]])[] = [
		['env=prod', ['web']],
		['env==prod', ['web']],
		['ENV = Prod', ['web']],
		['env', ['web', 'infra']],
		['env!=prod', ['infra', 'plain']],
		['!env', ['plain']],
		['! env', ['plain']],
		['env,team=infra', ['infra']],
		['env, !old', ['web']],
		['team=web,env=dev', []],
		['old=', ['infra']],
	];
	for (const [text, names] of cases) assert.deepEqual(selected(text), names, text);
});

test('a value alone selects as it does in `tag:`, and only a whole one', () => {
	assert.deepEqual(selected('infra'), ['infra']);
	assert.deepEqual(selected('team=inf'), []);
	assert.deepEqual(selected('inf'), []);
});

test('a value may hold an equals sign, and a comma after a backslash', () => {
	const labels = labelled({query: 'a=b,c'});
	const meetsAll = (text: string) => parseSelector(text).every(each => meets(labels, each));
	assert.equal(meetsAll('query=a=b\\,c'), true);
	assert.equal(meetsAll('query=a=b'), false);
});

test('refuses what is no selector', () => {
	for (const text of ['', ' ', ',', '!', '=x', '!=x', 'env in (a,b)', 'a b', 'team!', '-x'])
		assert.throws(
			() => parseSelector(text),
			({code, hint = ''}: PharmerError) => code === 'invalid' && /KEY=VALUE, KEY, KEY!=VALUE or !KEY/.test(hint),
			text,
		);
});
