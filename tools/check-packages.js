// The first step of npm's `prepare`. In plain JavaScript, because in a fresh clone nothing can run TypeScript yet.
import process from 'node:process';

try {
	import.meta.resolve('tsx');
} catch {
	process.stderr.write(`The packages that build pharmer are not installed. To install pharmer from this folder:
    npm install && npm run install:global
`);
	process.exitCode = 1;
}
