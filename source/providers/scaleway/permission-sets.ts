/** What running clusters needs: the permission sets that a key for pharmer has in its project. */
export const clusterSets = ['InstancesFullAccess', 'KubernetesFullAccess'] as const;
