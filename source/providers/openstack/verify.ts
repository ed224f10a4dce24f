import {addressIn} from '../address.js';
import {lacking, verdict} from '../answers.js';
import type {Probe} from '../probe.js';
import type {Values} from '../provider.js';
import {applicationOf, userOf} from './fields.js';
import {askForApplication, askForUser, type User, userSignIn, userSubject} from './keystone.js';

export const openstackProbe: Probe = {
	sends: value => (applicationOf(value) === undefined ? 'the password' : 'the secret of the application credential'),
	address(value) {
		const url = value('authURL');
		return url === '' ? undefined : {from: 'authURL', url};
	},
	subject: value => ofUser(value, userSubject),
	signIn: value => ofUser(value, userSignIn),
	async verify(value, {ask}) {
		const address = value('authURL');
		const [application, user] = [applicationOf(value), userOf(value)];
		if (address === '' || (application === undefined && user === undefined))
			return lacking('its identity address, and a user with a password or an application credential');
		if (addressIn(address) === undefined)
			return verdict('unsupported', 'its identity address is not a plain one of http or https');
		if (application !== undefined) return askForApplication(ask, address, application);
		return user === undefined ? lacking('a user') : askForUser(ask, address, user);
	},
};

function ofUser(value: Values, of: (address: string, user: User) => string): string {
	const user = applicationOf(value) === undefined ? userOf(value) : undefined;
	return user === undefined ? '' : of(value('authURL'), user);
}
