import {alibabaIssuing} from './alibaba-account.js';
import {awsAccount} from './aws-account.js';
import {azureIssuing} from './azure-directory.js';
import {cloudflareAccountIssuing, cloudflareIssuing} from './cloudflare.js';
import {exoscaleIssuing} from './exoscale.js';
import {gceIssuing} from './gce-project.js';
import {ibmIssuing} from './ibm-account.js';
import type {IssuingCloud, MakeIssuingCloud} from './issuing-cloud.js';
import {linodeIssuing} from './linode.js';
import {ociIssuing} from './oci-tenancy.js';
import {openstackCloud} from './openstack.js';
import {scalewayIssuing} from './scaleway-account.js';

/** The fake providers at which identities are made, by their names. */
export const issuingClouds: ReadonlyMap<string, MakeIssuingCloud> = new Map([
	['aws', awsIssuing],
	['alibaba', alibabaIssuing],
	['cloudflare', cloudflareIssuing],
	['cloudflare, an account', cloudflareAccountIssuing],
	['exoscale', exoscaleIssuing],
	['linode', linodeIssuing],
	['gce', gceIssuing],
	['azure', azureIssuing],
	['ibm', ibmIssuing],
	['oci', ociIssuing],
	['scaleway', scalewayIssuing],
	['openstack', openstackIssuing],
]);

function awsIssuing(now: () => number): IssuingCloud {
	const account = awsAccount(now, 2);
	return {
		provider: 'aws',
		handlers: account.handlers,
		admin: account.admin,
		things: () => [
			...[...account.groups].flatMap(([name, {attached}]) => [
				`group ${name}`,
				...[...attached].map(arn => `policy ${arn}`),
			]),
			...[...account.users]
				.filter(([name]) => name !== 'admin')
				.flatMap(([name, {groups, keys}]) => [
					`user ${name}`,
					...[...groups].map(group => `${name} in ${group}`),
					...[...keys.keys()].map(id => `key ${id}`),
				]),
		],
		whole: [
			/^group pharmer$/,
			/EC2/,
			/Route53/,
			/IAMFull/,
			/VPC/,
			/^user pharmer$/,
			/^pharmer in pharmer$/,
			/^key AKIA/,
		],
		opens: account.opens,
	};
}

/** The user's own application credential, which was there, is no business of what is made. */
function openstackIssuing(now: () => number): IssuingCloud {
	const cloud = openstackCloud(now);
	const [first] = cloud.shown();
	return {
		provider: 'openstack',
		handlers: cloud.handlers,
		admin: cloud.user,
		things: () => {
			const all = cloud.shown();
			return all[0] === first ? all.slice(1) : ['the first one is gone', ...all];
		},
		whole: [/^pharmer pharmer-[0-9a-f]{8}: member$/],
		opens: cloud.opens,
	};
}
