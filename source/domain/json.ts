/** A JSON value that is written as it was read: no fraction, no `null`. */
export type Json = string | number | boolean | readonly Json[] | JsonObject;

/** Members of a JSON object, in their order. */
export type JsonObject = {readonly [name: string]: Json};

/** Whether a JSON value is an object: not null, not an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
