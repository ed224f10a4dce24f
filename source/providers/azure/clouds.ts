/** The hosts of one of Microsoft's clouds ("National clouds", Microsoft identity platform and Microsoft Graph). */
export type Cloud = {
	readonly name: string;
	/** Where a tenant's secrets are told tokens. */
	readonly login: string;
	readonly management: string;
	readonly graph: string;
	/** How `cloud_instance_name` calls it. */
	readonly instances: readonly string[];
};

/** A credential does not say which cloud it is of: they are tried in this order. */
export const clouds: readonly Cloud[] = [
	{
		name: 'Azure',
		login: 'login.microsoftonline.com',
		management: 'management.azure.com',
		graph: 'graph.microsoft.com',
		instances: ['microsoftonline.com'],
	},
	{
		name: 'Azure for the US Government',
		login: 'login.microsoftonline.us',
		management: 'management.usgovcloudapi.net',
		graph: 'graph.microsoft.us',
		instances: ['microsoftonline.us'],
	},
	{
		name: 'Azure in China',
		login: 'login.chinacloudapi.cn',
		management: 'management.chinacloudapi.cn',
		graph: 'microsoftgraph.chinacloudapi.cn',
		instances: ['chinacloudapi.cn', 'partner.microsoftonline.cn'],
	},
];
