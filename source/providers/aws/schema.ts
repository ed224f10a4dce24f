import type {Finding, Provider, Values} from '../provider.js';
import {awsFields, awsId, isLongLived} from './fields.js';
import {clusterPolicies as policies} from './policies.js';

function check(value: Values): readonly Finding[] {
	const temporary = value('accessKeyID').startsWith('ASIA');
	const hasToken = value('sessionToken') !== '';
	if (temporary && !hasToken) {
		return [
			{
				severity: 'wrong',
				field: 'sessionToken',
				message: 'a key id that starts with ASIA is temporary and needs its session token',
			},
		];
	}
	if (hasToken && isLongLived(value('accessKeyID'))) {
		return [
			{
				severity: 'odd',
				field: 'sessionToken',
				message: 'a key id that starts with AKIA is long-lived and has no session token',
			},
		];
	}
	return [];
}

/** Amazon Web Services. */
export const aws: Provider = {
	id: awsId,
	title: 'Amazon Web Services',
	purpose: 'clusters, DNS, storage, Lightsail',
	aliases: ['eks', 'lightsail', 'amazon'],
	open: false,
	publicId: 'accessKeyID',
	fields: awsFields,
	check,
	tool: 'aws sts get-caller-identity',
	conflicts: ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'],
	guide: {
		page: 'https://console.aws.amazon.com/iam/home#/users',
		revoke: 'https://console.aws.amazon.com/iam/home#/users',
		summary:
			'Make a dedicated IAM user for pharmer, in a group with the policies that running clusters needs. Warning: IAMFullAccess lets the key grant itself any access. Attach only the policies you need, or a narrower one of your own.',
		sections: [
			{
				title: 'With the aws command',
				commands: true,
				lines: [
					'aws iam create-group --group-name pharmer',
					...policies.map(
						policy => `aws iam attach-group-policy --group-name pharmer --policy-arn arn:aws:iam::aws:policy/${policy}`,
					),
					'aws iam create-user --user-name pharmer',
					'aws iam add-user-to-group --user-name pharmer --group-name pharmer',
					'aws iam create-access-key --user-name pharmer',
				],
			},
			{
				title: 'In the console',
				commands: false,
				lines: [
					'Open IAM, then User groups, then Create group. Name it pharmer.',
					`Attach ${policies.slice(0, -1).join(', ')} and ${policies.at(-1)}. Create the group.`,
					'Users, Create user: name it pharmer, no console access. Add it to the group pharmer.',
					'Open the user, Security credentials, Create access key, Application running outside AWS.',
					'Copy both keys or download the .csv file: the secret is shown only once.',
				],
			},
		],
		// A user has at most two access keys (IAM user guide, "Update access keys").
		another: [
			{
				title: 'With the aws command, for USER, whose key it is',
				commands: true,
				lines: [
					'aws iam create-access-key --user-name USER',
					'aws iam update-access-key --user-name USER --access-key-id OLD_ID --status Inactive',
					'aws iam delete-access-key --user-name USER --access-key-id OLD_ID',
				],
			},
			{
				title: 'In the console',
				commands: false,
				lines: [
					'Open IAM, then Users, the user of the key, Security credentials, Create access key. A user has at most two.',
					'Copy both keys or download the .csv file: the secret is shown only once.',
					'Once nothing uses the old key: Actions, Deactivate. After some days without trouble: Delete.',
				],
			},
		],
	},
};
