import {randomUUID} from 'node:crypto';
import type {Credential} from '../source/domain/credential.js';
import {parseName} from '../source/domain/name.js';
import {Secret} from '../source/domain/secret.js';
import {timestamp} from '../source/domain/time.js';

const services = ['billing', 'search', 'mail', 'backup', 'metrics', 'gateway', 'ledger', 'photos', 'queue', 'reports'];
const places = ['prod', 'staging', 'dev', 'eu-west-1', 'us-east-1', 'sandbox', 'ci'];
const day = 86_400_000;

/** The credentials of a large vault: all different, unsorted. */
export function sampleCredentials(count: number, now: number): readonly Credential[] {
	return Array.from({length: count}, (_, index): Credential => {
		const at = (index * 7919) % count;
		const service = services[at % services.length] ?? '';
		const place = places[at % places.length] ?? '';
		const created = timestamp(new Date(now - (at % 700) * day));
		const isToken = services.indexOf(service) % 3 === 0;
		const secret = new Secret(`${randomUUID()}${randomUUID()}`.replaceAll('-', '').slice(0, 40));
		const id = new Secret(`AKIA${String(at).padStart(16, 'A')}`);
		return {
			id: randomUUID(),
			revision: 1,
			name: parseName(`${service}-${place}-${at}`),
			provider: isToken ? 'generic' : 'aws',
			data: isToken
				? new Map([['token', secret]])
				: new Map([
						['accessKeyID', id],
						['secretAccessKey', secret],
					]),
			labels: new Map(at % 2 === 0 ? [['team', service]] : []),
			...(at % 5 === 0 ? {expires: timestamp(new Date(now + ((at % 400) - 50) * day)).slice(0, 10)} : {}),
			created,
			changed: created,
		};
	});
}
