// Writes the tables of commands and keys, generated from the command table and the keymap, into the README and
// docs/keys.md: `npm run readme`.
import {readFileSync, writeFileSync} from 'node:fs';
import {withCommands} from '../test/helpers/readme-commands.js';
import {keysPage, withKeys} from '../test/helpers/readme-keys.js';

const file = new URL('../README.md', import.meta.url);
writeFileSync(file, withKeys(withCommands(readFileSync(file, 'utf8'))));
writeFileSync(new URL('../docs/keys.md', import.meta.url), keysPage());
