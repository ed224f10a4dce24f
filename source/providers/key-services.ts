import {alibabaKeys} from './alibaba/keys.js';
import {awsKeys} from './aws/keys.js';
import {cloudflareKeys} from './cloudflare/keys.js';
import {ibmKeys} from './ibm/keys.js';
import type {KeyService} from './key-service.js';
import {linodeKeys} from './linode/keys.js';
import {ociKeys} from './oci/keys.js';
import {openstackKeys} from './openstack/keys.js';
import {ovhKeys} from './ovh/keys.js';
import {scalewayKeys} from './scaleway/keys.js';

/** How keys are replaced at each provider that can, by its id. */
export const keyServices: ReadonlyMap<string, KeyService> = new Map([
	['aws', awsKeys],
	['linode', linodeKeys],
	['scaleway', scalewayKeys],
	['cloudflare', cloudflareKeys],
	['ovh', ovhKeys],
	['ibm', ibmKeys],
	['alibaba', alibabaKeys],
	['oci', ociKeys],
	['openstack', openstackKeys],
]);
