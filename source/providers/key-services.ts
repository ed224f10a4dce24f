import {alibabaKeys} from './alibaba/keys.js';
import {awsKeys} from './aws/keys.js';
import {azureKeys} from './azure/keys.js';
import {azureStorageKeys} from './azure-storage/keys.js';
import {cloudflareKeys} from './cloudflare/keys.js';
import {exoscaleKeys} from './exoscale/keys.js';
import {gceKeys} from './gce/keys.js';
import {ibmKeys} from './ibm/keys.js';
import type {KeyService} from './key-service.js';
import {linodeKeys} from './linode/keys.js';
import {ociKeys} from './oci/keys.js';
import {openstackKeys} from './openstack/keys.js';
import {ovhKeys} from './ovh/keys.js';
import {scalewayKeys} from './scaleway/keys.js';
import {upcloudKeys} from './upcloud/keys.js';
import {vultrKeys} from './vultr/keys.js';

/** How keys are replaced at each provider that can, by its id. */
export const keyServices: ReadonlyMap<string, KeyService> = new Map([
	['aws', awsKeys],
	['gce', gceKeys],
	['azure', azureKeys],
	['linode', linodeKeys],
	['vultr', vultrKeys],
	['scaleway', scalewayKeys],
	['cloudflare', cloudflareKeys],
	['ovh', ovhKeys],
	['ibm', ibmKeys],
	['alibaba', alibabaKeys],
	['oci', ociKeys],
	['upcloud', upcloudKeys],
	['exoscale', exoscaleKeys],
	['openstack', openstackKeys],
	['azureStorage', azureStorageKeys],
]);
