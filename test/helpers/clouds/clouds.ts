import {alibabaCloud} from './alibaba.js';
import {awsCloud} from './aws.js';
import {azureCloud} from './azure.js';
import {azureStorageCloud} from './azure-storage.js';
import {cloudflareCloud} from './cloudflare.js';
import {exoscaleCloud} from './exoscale.js';
import {gceCloud} from './gce.js';
import {ibmCloud} from './ibm.js';
import type {MakeCloud} from './key-cloud.js';
import {linodeCloud} from './linode.js';
import {ociCloud} from './oci.js';
import {openstackCloud} from './openstack.js';
import {ovhCloud} from './ovh.js';
import {scalewayCloud} from './scaleway.js';
import {upcloudCloud} from './upcloud.js';
import {vultrCloud} from './vultr.js';

/** The fake providers whose keys can be replaced, by their ids. */
export const clouds: ReadonlyMap<string, MakeCloud> = new Map([
	['aws', awsCloud],
	['gce', gceCloud],
	['azure', azureCloud],
	['linode', linodeCloud],
	['vultr', vultrCloud],
	['scaleway', scalewayCloud],
	['cloudflare', cloudflareCloud],
	['ovh', ovhCloud],
	['ibm', ibmCloud],
	['alibaba', alibabaCloud],
	['oci', ociCloud],
	['upcloud', upcloudCloud],
	['exoscale', exoscaleCloud],
	['openstack', openstackCloud],
	['azureStorage', azureStorageCloud],
]);
