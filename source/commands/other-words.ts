/** What people type who know other tools, and the command line that they mean. */
const meant: Readonly<Record<string, readonly string[]>> = {
	'get credentials': ['list', 'ls', 'show', 'view', 'cat', 'describe', 'read'],
	'create credential NAME': ['add', 'new', 'set', 'insert', 'put', 'make', 'save'],
	'edit credential NAME': ['update', 'change', 'modify', 'rename', 'mv', 'rotate'],
	'delete credential NAME': ['rm', 'remove', 'del', 'destroy', 'drop', 'purge'],
	'restore credential NAME': ['undelete', 'recover', 'undo'],
	'exec NAME -- COMMAND': ['run', 'with'],
	passphrase: ['passwd', 'password', 'rekey'],
};

/** The command line that a word means which is no command here, after `pharmer `, or undefined. */
export function meantBy(word: string): string | undefined {
	return Object.entries(meant).find(([, words]) => words.includes(word.toLowerCase()))?.[0];
}
