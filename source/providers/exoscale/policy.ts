import {isObject} from '../../domain/json.js';

/** What a role allows (Exoscale documentation, "Roles and Policies"; egoscale, v3/schemas.go, IAMPolicy). */
export type RolePolicy = {
	readonly 'default-service-strategy': 'allow' | 'deny';
	readonly services: Readonly<Record<string, unknown>>;
};

/** Whether a text names a service class, such as `compute`: all of it is allowed. */
export function isService(text: string): boolean {
	return /^[a-z][a-z-]*$/.test(text);
}

/** A policy in JSON; undefined when the text is none, as far as Exoscale does not look at it itself. */
function parsePolicy(text: string): RolePolicy | undefined {
	try {
		const value: unknown = JSON.parse(text);
		if (!isObject(value) || !isObject(value.services)) return undefined;
		const strategy = value['default-service-strategy'];
		const isPolicy = (strategy === 'allow' || strategy === 'deny') && Object.values(value.services).every(isObject);
		return isPolicy ? {'default-service-strategy': strategy, services: value.services} : undefined;
	} catch {
		return undefined;
	}
}

/** Why a text can't be among the policies of one role; undefined when it may be. A role has one policy. */
export function refusesPolicy(text: string, all: readonly string[] = [text]): string | undefined {
	if (isService(text)) return undefined;
	if (parsePolicy(text) === undefined)
		return 'it is no service class, and no policy: JSON with `default-service-strategy` and `services`';
	return all.length > 1 ? 'a role has one policy: a file can only be given alone' : undefined;
}

/** The policy of a role that may do what these texts say: service classes, or one policy. */
export function rolePolicy(texts: readonly string[]): RolePolicy {
	const services = Object.fromEntries(texts.filter(isService).map(name => [name, {type: 'allow'}]));
	return parsePolicy(texts[0] ?? '') ?? {'default-service-strategy': 'deny', services};
}

/** Whether a policy lets somebody do something with a service. */
export function allows({services, 'default-service-strategy': strategy}: RolePolicy, service: string): boolean {
	const own = Object.hasOwn(services, service) ? services[service] : undefined;
	return isObject(own) ? own.type !== 'deny' : strategy === 'allow';
}
