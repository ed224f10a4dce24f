import {aws} from './aws.js';
import {civo} from './civo.js';
import {exoscale} from './exoscale.js';
import type {Importer} from './importer.js';
import {oci} from './oci.js';
import {pharmer} from './pharmer.js';
import {upctl} from './upctl.js';

/** Every tool whose files are read, in the order in which they are looked for. */
export const importers: readonly Importer[] = [aws, oci, civo, upctl, exoscale, pharmer];
