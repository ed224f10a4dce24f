/**
 * A regular expression that is made when it is first needed. The engine makes all emoji and all of a wide property
 * while it reads a literal, even one inside a function that never runs: that takes it 20 ms.
 */
export function lateExpression(source: string, flags: string): () => RegExp {
	let made: RegExp | undefined;
	return () => {
		made ??= new RegExp(source, flags);
		return made;
	};
}
