// Puts the table of keys into the README, made from the keymap: `npx tsx tools/readme-keys.ts`.
import {readFileSync, writeFileSync} from 'node:fs';
import {withKeys} from '../test/helpers/readme-keys.js';

const file = new URL('../README.md', import.meta.url);
writeFileSync(file, withKeys(readFileSync(file, 'utf8')));
