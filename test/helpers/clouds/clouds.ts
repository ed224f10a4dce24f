import {alibabaCloud} from './alibaba.js';
import {awsCloud} from './aws.js';
import type {MakeCloud} from './key-cloud.js';
import {linodeCloud} from './linode.js';
import {openstackCloud} from './openstack.js';
import {ovhCloud} from './ovh.js';

/** The fake providers whose keys can be replaced, by their ids. */
export const clouds: ReadonlyMap<string, MakeCloud> = new Map([
	['aws', awsCloud],
	['linode', linodeCloud],
	['ovh', ovhCloud],
	['alibaba', alibabaCloud],
	['openstack', openstackCloud],
]);
