import {alibabaIssuer} from './alibaba/issue.js';
import {awsIssuer} from './aws/issue.js';
import type {Issuer} from './issuer.js';
import {openstackIssuer} from './openstack/issue.js';

/** How identities are made at each provider where that can be done, by its id. */
export const issuers: ReadonlyMap<string, Issuer> = new Map([
	['aws', awsIssuer],
	['alibaba', alibabaIssuer],
	['openstack', openstackIssuer],
]);
