import assert from 'node:assert/strict';
import {test} from 'node:test';
import {knownVerdicts} from '../../source/commands/known-verdicts.js';
import {careKinds, careRows} from '../../source/credentials/care.js';
import {dataDigest} from '../../source/credentials/data-digest.js';
import {lastUses} from '../../source/credentials/last-use.js';
import {demoContent, demoUses} from '../../source/vault/demo-content.js';
import {withDemoVerdicts} from '../../source/vault/demo-verdicts.js';

const now = new Date('2026-11-24T12:00:00Z');
const {credentials, trash} = demoContent(now);

test('the demo holds eight providers and every kind of care, and something in the trash', () => {
	assert.ok(new Set(credentials.map(({provider}) => provider)).size >= 8);
	const uses = lastUses({since: undefined, list: demoUses(now)});
	const verdicts = knownVerdicts(withDemoVerdicts(demoContent(now), now, dataDigest));
	const kinds = new Set(careRows({credentials, uses, verdicts, now: now.getTime()}).map(({care}) => care.kind));
	// Nobody rotates an invented key, or shares it.
	assert.deepEqual(new Set(careKinds.filter(kind => kind !== 'rotation' && kind !== 'exposed')), kinds);
	assert.ok(trash.length > 0);
	assert.ok(credentials.some(({revision}) => revision > 2));
});

test('no secret of the demo can be taken for a real one', () => {
	for (const {name, data} of [...credentials, ...trash]) {
		for (const [key, value] of data) {
			if (!/secret|token|key|password|account$/i.test(key) || /ID$/.test(key)) continue;
			assert.match(value.reveal(), /example|0{16}|(e0){16}/i, `${name} ${key}`);
		}
	}
});
