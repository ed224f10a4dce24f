import {alibabacloud} from '../importers/alibabacloud.js';
import {aliyun} from '../importers/aliyun.js';
import {aws} from '../importers/aws.js';
import {az} from '../importers/azure.js';
import {civo} from '../importers/civo.js';
import {doctl} from '../importers/doctl.js';
import {exoscale} from '../importers/exoscale.js';
import {gcloud} from '../importers/gcloud.js';
import {hcloud} from '../importers/hcloud.js';
import {ibmcloud} from '../importers/ibmcloud.js';
import type {Importer} from '../importers/importer.js';
import {linodeCli} from '../importers/linode-cli.js';
import {metal} from '../importers/metal.js';
import {oci} from '../importers/oci.js';
import {openstack} from '../importers/openstack.js';
import {ovh} from '../importers/ovh.js';
import {scw} from '../importers/scw.js';
import {softlayer} from '../importers/softlayer.js';
import {upctl} from '../importers/upctl.js';
import {vultrCli} from '../importers/vultr-cli.js';
import {wrangler} from '../importers/wrangler.js';
import {dotenv} from './dotenv.js';
import {pharmer} from './pharmer.js';

/** Every tool whose files are read, in the order in which they are looked for. */
export const importers: readonly Importer[] = [
	aws,
	gcloud,
	az,
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
