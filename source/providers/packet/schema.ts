import type {Provider} from '../provider.js';
import {surroundingSpace, uuid} from '../shape-rules.js';

/**
 * Packet, later Equinix Metal, kept for credentials of older releases: the service ended on 2026-06-30 (Equinix's
 * notice, linked in the guide). Field keys and `PACKET_API_KEY` are the older tool's; the other variables are those of
 * metal-cli, its `metal env` and packngo, and Ansible's (equinix.cloud; community.general, packet_device.py).
 */
export const packet: Provider = {
	id: 'packet',
	title: 'Packet (Equinix Metal)',
	purpose: 'ended on 2026-06-30; for old keys',
	aliases: ['metal'],
	open: false,
	publicId: 'projectID',
	fields: [
		{
			key: 'projectID',
			label: 'Project ID',
			help: 'a UUID',
			secret: false,
			required: false,
			environment: ['METAL_PROJECT_ID', 'PACKET_PROJECT_ID'],
			variables: ['METAL_PROJECT_ID', 'PACKET_PROJECT_ID'],
			aliases: ['project_id'],
			oddity: uuid('Packet project ids'),
		},
		{
			key: 'apiKey',
			label: 'API key',
			help: 'a user or project API key of Packet or Equinix Metal',
			secret: true,
			required: true,
			environment: [
				'METAL_AUTH_TOKEN',
				'PACKET_AUTH_TOKEN',
				'PACKET_API_KEY',
				'METAL_API_TOKEN',
				'PACKET_API_TOKEN',
				'PACKET_TOKEN',
			],
			variables: ['METAL_AUTH_TOKEN', 'PACKET_AUTH_TOKEN', 'METAL_API_TOKEN', 'PACKET_API_TOKEN'],
			aliases: ['auth_token'],
			oddity: surroundingSpace,
		},
	],
	guide: {
		page: 'https://deploy.equinix.com/blog/sunsetting-equinix-metal/',
		revoke: 'https://console.equinix.com/profile/api-keys',
		summary: 'Equinix Metal ended on 2026-06-30, so no new key can be made. The page is the notice of its end.',
		sections: [
			{
				title: 'What is left to do',
				commands: false,
				lines: [
					'As long as the console lets you in, delete the key there.',
					'Delete the credential here when nothing reads it any more.',
				],
			},
		],
		another: [
			{
				title: 'There is no other key',
				commands: false,
				lines: [
					'Equinix Metal ended on 2026-06-30: no key can be made in the place of this one.',
					'As long as the console lets you in, delete this one there, and then the credential here.',
				],
			},
		],
	},
};
