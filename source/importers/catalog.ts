import {alibabacloud} from './alibabacloud.js';
import {aliyun} from './aliyun.js';
import {aws} from './aws.js';
import {az} from './azure.js';
import {civo} from './civo.js';
import {doctl} from './doctl.js';
import {dotenv} from './dotenv.js';
import {exoscale} from './exoscale.js';
import {gcloud} from './gcloud.js';
import {hcloud} from './hcloud.js';
import {ibmcloud} from './ibmcloud.js';
import type {Importer} from './importer.js';
import {linodeCli} from './linode-cli.js';
import {metal} from './metal.js';
import {oci} from './oci.js';
import {openstack} from './openstack.js';
import {ovh} from './ovh.js';
import {pharmer} from './pharmer.js';
import {scw} from './scw.js';
import {softlayer} from './softlayer.js';
import {upctl} from './upctl.js';
import {vultrCli} from './vultr-cli.js';
import {wrangler} from './wrangler.js';

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
