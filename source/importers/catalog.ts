import type {Importer} from './importer.js';

/** Every tool whose files are read, in the order in which they are looked for. */
export const importers: readonly Importer[] = [];
