// Writes the pages of commands and keys, made from the command table and the keymap: `npm run readme`.
import {writeFileSync} from 'node:fs';
import {commandsPage} from '../test/helpers/commands-page.js';
import {keysPage} from '../test/helpers/keys-page.js';

writeFileSync(new URL('../docs/commands.md', import.meta.url), commandsPage());
writeFileSync(new URL('../docs/keys.md', import.meta.url), keysPage());
