/** What running clusters needs: the system policies that a key for pharmer has. */
export const clusterPolicies = [
	'AliyunECSFullAccess',
	'AliyunCSFullAccess',
	'AliyunVPCFullAccess',
	'AliyunSLBFullAccess',
] as const;
