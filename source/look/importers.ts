import {alibabacloud} from '../providers/alibaba/alibabacloud.js';
import {aliyun} from '../providers/alibaba/aliyun.js';
import {aws} from '../providers/aws/shared-files.js';
import {az} from '../providers/azure/az.js';
import {azureCredentials} from '../providers/azure/credentials-file.js';
import {civo} from '../providers/civo/civo-cli.js';
import {wrangler} from '../providers/cloudflare/wrangler.js';
import {doctl} from '../providers/digitalocean/doctl.js';
import {exoscale} from '../providers/exoscale/exo.js';
import {gcloud} from '../providers/gce/gcloud.js';
import {hcloud} from '../providers/hetzner/hcloud.js';
import {ibmcloud} from '../providers/ibm/ibmcloud.js';
import {softlayer} from '../providers/ibm/softlayer.js';
import type {Importer} from '../providers/importer.js';
import {linodeCli} from '../providers/linode/linode-cli.js';
import {oci} from '../providers/oci/oci-cli.js';
import {openstack} from '../providers/openstack/clouds-yaml.js';
import {ovh} from '../providers/ovh/ovh-conf.js';
import {metal} from '../providers/packet/metal.js';
import {scw} from '../providers/scaleway/scw.js';
import {upctl} from '../providers/upcloud/upctl.js';
import {vultrCli} from '../providers/vultr/vultr-cli.js';
import {dotenv} from './dotenv.js';
import {pharmer} from './pharmer.js';

/** Every tool whose files are read, in the order they are looked for. */
export const importers: readonly Importer[] = [
	aws,
	gcloud,
	az,
	azureCredentials,
	doctl,
	linodeCli,
	vultrCli,
	scw,
	hcloud,
	wrangler,
	ovh,
	ibmcloud,
	softlayer,
	aliyun,
	alibabacloud,
	oci,
	civo,
	upctl,
	exoscale,
	openstack,
	metal,
	pharmer,
	dotenv,
];
