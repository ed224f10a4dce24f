import {alibabaCloud} from './alibaba.js';
import {awsCloud} from './aws.js';
import {azureCloud} from './azure.js';
import {cloudflareCloud} from './cloudflare.js';
import {gceCloud} from './gce.js';
import {ibmCloud} from './ibm.js';
import type {MakeCloud} from './key-cloud.js';
import {linodeCloud} from './linode.js';
import {ociCloud} from './oci.js';
import {scalewayCloud} from './scaleway.js';

/** The fake providers whose keys can be replaced, by their ids. */
export const clouds: ReadonlyMap<string, MakeCloud> = new Map([
	['aws', awsCloud],
	['gce', gceCloud],
	['azure', azureCloud],
	['linode', linodeCloud],
	['scaleway', scalewayCloud],
	['cloudflare', cloudflareCloud],
	['ibm', ibmCloud],
	['alibaba', alibabaCloud],
	['oci', ociCloud],
]);
