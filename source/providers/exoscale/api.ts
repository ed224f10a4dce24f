/** The address of the API in a zone; any of them knows every key. The default zone is that of the exo command. */
export function addressOf(endpoint: string | undefined, zone: string): string {
	const host = /^[a-z\d]+(?:-[a-z\d]+)*$/.test(zone) ? zone : 'ch-gva-2';
	return `${endpoint?.replace(/\/v\d+$/, '') ?? `https://api-${host}.exoscale.com`}/v2`;
}
