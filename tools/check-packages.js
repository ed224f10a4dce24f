// The first step of npm's `prepare`. In plain JavaScript: it has to run in a fresh clone, where nothing reads TypeScript.
import process from 'node:process';

try {
	import.meta.resolve('tsx');
} catch {
	process.stderr.write(`The packages that build pharmer are not installed. To install pharmer from this folder:
    npm install && npm run install:global
`);
	process.exitCode = 1;
}
