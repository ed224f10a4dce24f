import type {HeldFile} from '../../source/domain/held-file.js';
import type {ClosingMachine} from '../../source/tasks/closing-machine.js';

/** Files by their path: a text, or a text and a mode. */
export type Files = Readonly<Record<string, string | readonly [text: string, mode: number]>>;

/** Closes files of a map; what has become of them is in `written`. The keys of AWS are given by `tryProcess`. */
export function fakeClosing(files: Files, tryProcess: ClosingMachine['tryProcess'] = async () => undefined) {
	const written = new Map<string, readonly [text: string, mode: number]>();
	const machine: ClosingMachine = {
		hasModes: true,
		id: () => 'here',
		makeId: () => 'here',
		ownCommand: ['/opt/pharmer'],
		examine(path): HeldFile | undefined {
			const file = written.get(path) ?? files[path];
			if (file === undefined) return undefined;
			const [text, mode] = typeof file === 'string' ? [file, 0o600] : file;
			return {path, target: path, bytes: Buffer.from(text), mode, uid: 1000, dev: 1, ino: path.length, links: 1};
		},
		isInWorkTree: path => path.includes('/project/'),
		async replace({path}, bytes, mode) {
			written.set(path, [bytes.toString(), mode]);
		},
		async changeMode({path, bytes}, mode) {
			written.set(path, [bytes.toString(), mode]);
		},
		async make(path, bytes, mode) {
			written.set(path, [bytes.toString(), mode]);
		},
		async tidy() {},
		tryProcess,
	};
	return {machine, written};
}
