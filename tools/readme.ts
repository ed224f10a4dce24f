// Writes the pages of commands and keys and the table of settings, made from what the program has: `npm run readme`.
import {readFileSync, writeFileSync} from 'node:fs';
import {commandsPage} from '../test/helpers/commands-page.js';
import {keysPage} from '../test/helpers/keys-page.js';
import {withSettingsTable} from '../test/helpers/settings-table.js';

writeFileSync(new URL('../docs/commands.md', import.meta.url), commandsPage());
writeFileSync(new URL('../docs/keys.md', import.meta.url), keysPage());

const settings = new URL('../docs/settings.md', import.meta.url);
writeFileSync(settings, withSettingsTable(readFileSync(settings, 'utf8')));
