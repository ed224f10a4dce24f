/** What running clusters needs: the policies of AWS that a key for pharmer has. */
export const clusterPolicies = [
	'AmazonEC2FullAccess',
	'AmazonRoute53FullAccess',
	'IAMFullAccess',
	'AmazonVPCFullAccess',
] as const;

/** The one of them with which a key can do more than the others say. */
export const selfGranting = 'IAMFullAccess';

/** The partition of a region, as it stands in an ARN (botocore, partitions.json). */
export function partitionOf(region: string): string {
	if (region.startsWith('cn-')) return 'aws-cn';
	if (region.startsWith('us-gov-')) return 'aws-us-gov';
	return region.startsWith('eusc-') ? 'aws-eusc' : 'aws';
}
