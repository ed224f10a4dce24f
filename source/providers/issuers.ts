import {alibabaIssuer} from './alibaba/issue.js';
import {awsIssuer} from './aws/issue.js';
import {azureIssuer} from './azure/issue.js';
import {cloudflareIssuer} from './cloudflare/issue.js';
import {exoscaleIssuer} from './exoscale/issue.js';
import {gceIssuer} from './gce/issue.js';
import {ibmIssuer} from './ibm/issue.js';
import type {Issuer} from './issuer.js';
import {linodeIssuer} from './linode/issue.js';
import {ociIssuer} from './oci/issue.js';
import {openstackIssuer} from './openstack/issue.js';
import {scalewayIssuer} from './scaleway/issue.js';

/** How identities are made at each provider where that can be done, by its id. */
export const issuers: ReadonlyMap<string, Issuer> = new Map([
	['aws', awsIssuer],
	['alibaba', alibabaIssuer],
	['cloudflare', cloudflareIssuer],
	['exoscale', exoscaleIssuer],
	['linode', linodeIssuer],
	['gce', gceIssuer],
	['azure', azureIssuer],
	['ibm', ibmIssuer],
	['oci', ociIssuer],
	['scaleway', scalewayIssuer],
	['openstack', openstackIssuer],
]);
