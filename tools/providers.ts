import {writeFileSync} from 'node:fs';
import {providersPage} from '../test/helpers/providers-page.js';

writeFileSync(new URL('../docs/providers.md', import.meta.url), providersPage());
