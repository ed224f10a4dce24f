import assert from 'node:assert/strict';
import {test} from 'node:test';
import {issuers} from '../../source/providers/issuers.js';

const place = '/subscriptions/0a1b2c3d-0000-4000-8000-000000000001';
const itself = 'lets the key grant itself any access';

/** What is said of these policies, if anything. */
const warnings: readonly (readonly [provider: string, policies: readonly string[], says: string | undefined])[] = [
	['azure', ['Reader'], undefined],
	['azure', [`8E3AF657-a8ff-443c-a75c-2fe8c4bcb635@${place}`], `8E3AF657-a8ff-443c-a75c-2fe8c4bcb635 ${itself}`],
	['azure', ['18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'], `18d7d88d-d35e-4fb5-a5c3-7773c20a72d9 ${itself}`],
	['azure', ['role based access control administrator'], `role based access control administrator ${itself}`],
	['azure', [`contributor@${place}`], 'contributor lets the key change and delete everything there'],
	['oci', ['use users in tenancy', 'USE groups in tenancy'], 'to use users and groups lets the key join any group'],
	['oci', ['use users in compartment dev'], undefined],
	['oci', ['manage dynamic-groups in tenancy'], `manage dynamic-groups ${itself}`],
	['gce', ['roles/dns.admin'], undefined],
	['gce', ['roles/dns.admin', 'roles/owner'], `roles/owner ${itself}`],
	['gce', ['roles/resourcemanager.projectIamAdmin'], `roles/resourcemanager.projectIamAdmin ${itself}`],
	[
		'gce',
		['roles/iam.serviceAccountTokenCreator'],
		'roles/iam.serviceAccountTokenCreator may let the key act as other accounts, with what they may do',
	],
	['scaleway', ['InstancesFullAccess'], undefined],
	['scaleway', ['InstancesFullAccess', 'IAMManager'], `IAMManager ${itself}`],
	['ibm', ['is=Editor'], undefined],
	['ibm', ['is=Editor', 'iam-groups=Viewer,Editor'], `Viewer and Editor on iam-groups ${itself}`],
	['ibm', ['iam-identity=Administrator'], `Administrator on iam-identity ${itself}`],
	['ibm', ['iam-groups=Viewer'], undefined],
	['alibaba', ['AliyunECSFullAccess'], undefined],
	['alibaba', ['AdministratorAccess'], `AdministratorAccess ${itself}`],
];

for (const [provider, policies, says] of warnings) {
	test(`of ${policies.join(' and ')} at ${provider} is said what it lets a key do`, () => {
		const issuer = issuers.get(provider) ?? assert.fail(provider);
		assert.deepEqual(
			policies.map(policy => issuer.policy.refuses(policy, policies)),
			policies.map(() => undefined),
		);
		assert.equal(issuer.warns?.({identity: 'pharmer', policies, mark: '0a1b2c3d'}), says);
	});
}
