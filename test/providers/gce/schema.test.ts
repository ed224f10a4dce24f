import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../../source/domain/secret.js';
import {findProvider} from '../../../source/providers/catalog.js';
import {completeData} from '../../../source/providers/data.js';
import {gce} from '../../../source/providers/gce/schema.js';
import {findingsOf, oddityOf} from '../../helpers/findings.js';
import {privateKeyPem, serviceAccountText} from '../../helpers/service-account.js';

const text = serviceAccountText();
const key = gce.fields.find(field => field.key === 'serviceAccount');

test('is found by the ids of older releases and of the clusters that use it', () => {
	for (const id of ['gce', 'GoogleCloud', 'gke', 'GCP']) assert.equal(findProvider(id), gce);
});

test('accepts a whole key file, and reports what is wrong with another', () => {
	assert.deepEqual(findingsOf(gce, {projectID: 'invented-prod-123456', serviceAccount: text}), []);
	assert.equal(oddityOf(gce, 'serviceAccount', `\uFEFF${text}`.slice(1)), '');
	for (const damaged of [text.slice(0, -4), text.slice(2), 'AIza', '[]', 'null', '"a"', '{/home/ann/key.json']) {
		assert.match(oddityOf(gce, 'serviceAccount', damaged), /^odd: it is not a JSON object/, damaged.slice(0, 9));
	}
	assert.match(oddityOf(gce, 'serviceAccount', '{"type": "authorized_user"}'), /^odd: its `type` is not/);
	assert.match(oddityOf(gce, 'serviceAccount', serviceAccountText({private_key: undefined})), /has no `private_key`/);
	for (const damaged of [privateKeyPem.slice(0, 200), privateKeyPem.replaceAll('\n', ''), 'canary', 7]) {
		const oddity = oddityOf(gce, 'serviceAccount', serviceAccountText({private_key: damaged}));
		assert.match(oddity, /^odd: its `private_key` can not be read|^odd: it has no `private_key`/);
		assert.ok(!oddity.includes('canary') && !oddity.includes('MII'));
	}
});

test('takes the project from the key file, and shows its account', () => {
	const data = completeData(gce, new Map([['serviceAccount', new Secret(text)]]));
	assert.equal(data.get('projectID')?.reveal(), 'invented-prod-123456');
	assert.deepEqual([...data.keys()], ['projectID', 'serviceAccount']);
	assert.equal(key?.tells?.(text), 'of pharmer@invented-prod-123456.iam.gserviceaccount.com');
	for (const other of ['', 'words', '{}', serviceAccountText({client_email: 'a\u001b[31m@b'})]) {
		assert.equal(key?.tells?.(other), undefined);
	}
});

test('projects are given by id, not by name or number', () => {
	for (const id of ['invented-prod-123456', 'invent', 'example.com:invented']) {
		assert.equal(oddityOf(gce, 'projectID', id), '');
	}
	for (const id of ['Invented Prod', '123456789012', 'short', 'invented-', ' invented']) {
		assert.match(oddityOf(gce, 'projectID', id), /^odd: /, id);
	}
});

test("the guide's commands create an account, grant it roles and create a key", () => {
	const lines = gce.guide?.sections.find(({commands}) => commands)?.lines ?? [];
	assert.ok(lines.every(line => line.startsWith('gcloud ') && line.includes('PROJECT_ID')));
	assert.match(lines.at(-1) ?? '', /keys create pharmer\.json --iam-account pharmer@PROJECT_ID/);
});

test("tells a key file's path from its text", () => {
	for (const path of ['/home/ann/key.json', '~/key.json', './key.json', '../key.json', 'C:\\keys\\key.json'])
		assert.match(oddityOf(gce, 'serviceAccount', path), /^odd: it is the path of a file/, path);
});
