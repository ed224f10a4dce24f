import type {Secret} from '../domain/secret.js';
import {isSecretField} from '../providers/catalog.js';

type Data = ReadonlyMap<string, Secret>;

type Entry<Holder> = {readonly holder: Holder; readonly data: Data};

/** The secret fields of `data`, each as a text that is unique to its provider, field and value. */
function secretsOf(provider: string, data: Data): readonly string[] {
	return [...data]
		.filter(([key]) => isSecretField(provider, key))
		.map(([key, value]) => `${provider}\0${key}\0${value.reveal()}`);
}

/** An index of who holds which secrets, fast for thousands of them. */
export class Holders<Holder> {
	readonly #bySecret = new Map<string, Entry<Holder>[]>();

	add(provider: string, data: Data, holder: Holder): void {
		for (const secret of secretsOf(provider, data)) {
			const entries = this.#bySecret.get(secret);
			if (entries === undefined) this.#bySecret.set(secret, [{holder, data}]);
			else entries.push({holder, data});
		}
	}

	/**
	 * The first holder added for that provider that holds every secret of `data`; undefined if there is none or `data`
	 * has no secret.
	 */
	find(provider: string, data: Data): Holder | undefined {
		const candidates = secretsOf(provider, data).map(secret => this.#bySecret.get(secret) ?? []);
		const [fewest] = candidates.sort((one, other) => one.length - other.length);
		const secrets = [...data].filter(([key]) => isSecretField(provider, key));
		return fewest?.find(entry => secrets.every(([key, value]) => entry.data.get(key)?.equals(value) === true))?.holder;
	}
}
