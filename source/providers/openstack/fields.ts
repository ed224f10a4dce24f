import type {Values} from '../provider.js';
import type {ApplicationCredential, User} from './keystone.js';

/** An application credential counts before a password, as for the schema. */
export function applicationOf(value: Values): ApplicationCredential | undefined {
	const [id, secret] = [value('applicationCredentialID'), value('applicationCredentialSecret')];
	return id === '' || secret === '' ? undefined : {id, secret};
}

/** The user with a password; undefined where one of the two is missing. */
export function userOf(value: Values): User | undefined {
	const [name, password] = [value('username'), value('password')];
	if (name === '' || password === '') return undefined;
	const domain = domainOf(value('userDomainID'), value('userDomainName'));
	const [id, project] = [value('projectID'), value('projectName')];
	const projectDomain = domainOf(value('projectDomainID'), value('projectDomainName'));
	return {
		name,
		domain,
		password,
		project: id !== '' ? {id} : project !== '' ? {name: project, domain: projectDomain} : undefined,
	};
}

/** Without either, the domain that the openstack command takes (python-openstackclient, `--os-default-domain`). */
function domainOf(id: string, name: string): {readonly id: string} | {readonly name: string} {
	return id === '' && name !== '' ? {name} : {id: id || 'default'};
}
