import process from 'node:process';

/** The largest part of a window that is drawn on, in cells: nobody reads more, and every frame covers all of it. */
const most = {columns: 1000, rows: 400} as const;

/** For a terminal that does not report its size. */
const usual = {columns: 80, rows: 24} as const;

/** Standard output, as a window of at most that size at its top left; see `most`. */
export function boundedWindow(): NodeJS.WriteStream {
	return new Proxy(process.stdout, {
		get(stdout, key) {
			if (key === 'columns' || key === 'rows') return Math.min(most[key], stdout[key] || usual[key]);
			const value: unknown = Reflect.get(stdout, key, stdout);
			return typeof value === 'function' ? value.bind(stdout) : value;
		},
	});
}
