/** What running clusters needs: the roles that an account for pharmer has in its project. */
export const clusterRoles = [
	'roles/compute.admin',
	'roles/container.admin',
	'roles/dns.admin',
	'roles/storage.admin',
	'roles/iam.serviceAccountUser',
] as const;
