import assert from 'node:assert/strict';
import {test} from 'node:test';
import {handOn} from '../../source/credentials/variables.js';
import {Secret} from '../../source/domain/secret.js';
import {providerOf, providers} from '../../source/providers/catalog.js';
import {deadSince} from '../../source/providers/expiration.js';
import type {HandingRow} from '../../source/providers/handing.js';
import {handingTable} from '../../tools/handing-table.js';
import {samplesOf} from '../helpers/samples.js';

const rows: readonly HandingRow[] = JSON.parse(JSON.stringify(handingTable()));
const rowOf = (id: string): HandingRow | undefined => rows.find(({ids}) => ids.includes(id.toLowerCase()));

test('the table finds what the catalog finds, by every id', () => {
	for (const id of providers.flatMap(each => [each.id, ...each.aliases])) {
		const keys = providerOf(id).fields.map(({key}) => key);
		assert.deepEqual(
			rowOf(id)?.fields.map(({key}) => key),
			keys,
			id,
		);
	}
});

test('what is handed on, and when it stops working, is the same by the table', () => {
	const past = '2020-01-01T00:00:00Z';
	for (const provider of providers) {
		const every = Object.fromEntries(provider.fields.map(({key, endOf}) => [key, endOf === undefined ? key : past]));
		for (const sample of [...samplesOf(provider.id), every, {other: 'x'}, {}]) {
			const data = new Map(Object.entries(sample).map(([key, value]) => [key, new Secret(value)]));
			const row = rowOf(provider.id);
			assert.ok(row !== undefined);
			for (const withFiles of [false, true]) {
				assert.deepEqual(handOn(row, data, withFiles), handOn(provider, data, withFiles), provider.id);
			}
			assert.equal(deadSince(row, data, new Date()), deadSince(provider, data, new Date()), provider.id);
		}
	}
});
