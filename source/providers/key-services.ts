import {awsKeys} from './aws/keys.js';
import {azureKeys} from './azure/keys.js';
import {azureStorageKeys} from './azure-storage/keys.js';
import {gceKeys} from './gce/keys.js';
import {ibmKeys} from './ibm/keys.js';
import type {KeyService} from './key-service.js';
import {ociKeys} from './oci/keys.js';

/** How keys are replaced at each provider that can, by its id. */
export const keyServices: ReadonlyMap<string, KeyService> = new Map([
	['aws', awsKeys],
	['gce', gceKeys],
	['azure', azureKeys],
	['ibm', ibmKeys],
	['oci', ociKeys],
	['azureStorage', azureStorageKeys],
]);
