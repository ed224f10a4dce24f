import {alibabaCloud} from './alibaba.js';
import {awsCloud} from './aws.js';
import {cloudflareCloud} from './cloudflare.js';
import {ibmCloud} from './ibm.js';
import type {MakeCloud} from './key-cloud.js';
import {linodeCloud} from './linode.js';
import {ociCloud} from './oci.js';
import {openstackCloud} from './openstack.js';
import {ovhCloud} from './ovh.js';
import {scalewayCloud} from './scaleway.js';

/** The fake providers whose keys can be replaced, by their ids. */
export const clouds: ReadonlyMap<string, MakeCloud> = new Map([
	['aws', awsCloud],
	['linode', linodeCloud],
	['scaleway', scalewayCloud],
	['cloudflare', cloudflareCloud],
	['ovh', ovhCloud],
	['ibm', ibmCloud],
	['alibaba', alibabaCloud],
	['oci', ociCloud],
	['openstack', openstackCloud],
]);
