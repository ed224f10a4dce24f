import type {Provider} from '../provider.js';
import {shaped} from '../shape-rules.js';

/**
 * An Azure storage account with its key. `az storage` reads AZURE_STORAGE_ACCOUNT and AZURE_STORAGE_KEY, but prefers a
 * connection string or a signature (Azure CLI reference, az storage). For the key, blobfuse2 reads
 * AZURE_STORAGE_ACCESS_KEY and Terraform's azurerm backend ARM_ACCESS_KEY.
 */
export const azureStorage: Provider = {
	id: 'azureStorage',
	title: 'Azure Storage',
	purpose: 'blobs, files, queues and tables of one storage account',
	aliases: ['azure-storage'],
	open: false,
	publicId: 'account',
	tool: 'az storage container list',
	fields: [
		{
			key: 'account',
			label: 'Storage account',
			help: 'its name, 3 to 24 lower-case letters and digits',
			secret: false,
			required: true,
			environment: ['AZURE_STORAGE_ACCOUNT'],
			aliases: ['accountName', 'storageAccount'],
			oddity: shaped(/^[a-z0-9]{3,24}$/, 'names of storage accounts have 3 to 24 lower-case letters and digits'),
		},
		{
			key: 'key',
			label: 'Account key',
			help: '88 characters that end in ==, under Access keys of the storage account',
			secret: true,
			required: true,
			environment: ['AZURE_STORAGE_KEY', 'AZURE_STORAGE_ACCESS_KEY', 'ARM_ACCESS_KEY'],
			variables: ['AZURE_STORAGE_KEY', 'AZURE_STORAGE_ACCESS_KEY', 'ARM_ACCESS_KEY'],
			aliases: ['accountKey', 'accessKey'],
			oddity: shaped(
				/^[A-Za-z0-9+/]{86}==$/,
				'keys of storage accounts are 512 bits of base64: 86 characters and ==; a connection string holds one after AccountKey=',
			),
		},
	],
	conflicts: ['AZURE_STORAGE_CONNECTION_STRING', 'AZURE_STORAGE_SAS_TOKEN', 'AZURE_STORAGE_AUTH_MODE', 'ARM_SAS_TOKEN'],
	guide: {
		page: 'https://portal.azure.com/#browse/Microsoft.Storage%2FStorageAccounts',
		revoke: 'https://portal.azure.com/#browse/Microsoft.Storage%2FStorageAccounts',
		summary: 'Take one of the two keys of a storage account. It opens everything in that account, and nothing else.',
		sections: [
			{
				title: 'With the az command',
				commands: true,
				lines: ['az storage account keys list --account-name ACCOUNT_NAME --query "[0].value" --output tsv'],
			},
			{
				title: 'In the portal',
				commands: false,
				lines: [
					'Open Storage accounts and the account, then Security + networking, Access keys.',
					'Show key1 and copy it: the key alone, not the connection string.',
					'To revoke it, move what uses it to key2 and rotate key1 on the same page.',
				],
			},
		],
	},
};
