import assert from 'node:assert/strict';
import {test} from 'node:test';
import {findProvider} from '../../../source/providers/catalog.js';
import {packet} from '../../../source/providers/packet/schema.js';
import {findingsOf, oddityOf} from '../../helpers/findings.js';

test("the older tool's credential is complete, and so is a key without its project", () => {
	assert.equal(findProvider('Packet'), packet);
	const projectID = '0ec0ffee-1000-4000-8000-00000000000b';
	assert.deepEqual(findingsOf(packet, {projectID, apiKey: 'invented'}), []);
	assert.deepEqual(findingsOf(packet, {apiKey: 'invented'}), []);
	assert.deepEqual(findingsOf(packet, {projectID}), ["wrong apiKey: API key can't be empty"]);
	assert.match(oddityOf(packet, 'projectID', 'mine'), /^odd: Packet project ids are UUIDs/);
});

test('the list of providers and the guide say that the service has ended', () => {
	for (const text of [packet.purpose, packet.guide?.summary ?? '']) assert.match(text, /ended on 2026-06-30/);
	assert.ok(packet.guide?.sections.every(({commands}) => !commands));
});
