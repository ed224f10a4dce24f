/** What running clusters needs, as policies call it (Oracle's documentation, "Policy reference"). */
export const clusterFamilies = [
	'instance-family',
	'virtual-network-family',
	'volume-family',
	'cluster-family',
] as const;
