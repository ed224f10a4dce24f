/** Lets everything else on between two steps that take long in a large vault. */
export function breath(): Promise<void> {
	return new Promise(resolve => setImmediate(resolve));
}
