import {awsKeys} from './aws/keys.js';
import {ibmKeys} from './ibm/keys.js';
import type {KeyService} from './key-service.js';
import {ociKeys} from './oci/keys.js';

/** How keys are replaced at each provider that can, by its id. */
export const keyServices: ReadonlyMap<string, KeyService> = new Map([
	['aws', awsKeys],
	['ibm', ibmKeys],
	['oci', ociKeys],
]);
