import {alibabaProbe} from './alibaba/verify.js';
import {awsProbe} from './aws/verify.js';
import {azureProbe} from './azure/verify.js';
import {azureStorageProbe} from './azure-storage/verify.js';
import {civoProbe} from './civo/verify.js';
import {cloudflareProbe} from './cloudflare/verify.js';
import {digitaloceanProbe} from './digitalocean/verify.js';
import {exoscaleProbe} from './exoscale/verify.js';
import {gceProbe} from './gce/verify.js';
import {hetznerProbe} from './hetzner/verify.js';
import {ibmProbe} from './ibm/verify.js';
import {linodeProbe} from './linode/verify.js';
import {ociProbe} from './oci/verify.js';
import {openstackProbe} from './openstack/verify.js';
import {ovhProbe} from './ovh/verify.js';
import type {Probe} from './probe.js';
import {scalewayProbe} from './scaleway/verify.js';
import {upcloudProbe} from './upcloud/verify.js';
import {vultrProbe} from './vultr/verify.js';

/** How each provider is asked, by its id. One that is left out has nobody to ask. */
export const probes: ReadonlyMap<string, Probe> = new Map([
	['aws', awsProbe],
	['gce', gceProbe],
	['azure', azureProbe],
	['digitalocean', digitaloceanProbe],
	['linode', linodeProbe],
	['vultr', vultrProbe],
	['scaleway', scalewayProbe],
	['hetzner', hetznerProbe],
	['cloudflare', cloudflareProbe],
	['ovh', ovhProbe],
	['ibm', ibmProbe],
	['alibaba', alibabaProbe],
	['oci', ociProbe],
	['civo', civoProbe],
	['upcloud', upcloudProbe],
	['exoscale', exoscaleProbe],
	['openstack', openstackProbe],
	['azureStorage', azureStorageProbe],
]);
