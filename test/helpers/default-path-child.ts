import fs from 'node:fs';
import process from 'node:process';
import Conf from 'conf';
import {fileVaultPlace} from '../../source/vault/file-vault.js';

/**
 * Prints as JSON where the vault is by default, where conf would put it, and what asking has made in the home
 * directory.
 */
const place = fileVaultPlace(undefined);
place.exists();
const made = fs.readdirSync(process.env.HOME ?? '');
const conf = new Conf({projectName: 'pharmer', projectSuffix: '', configName: 'vault'});
fs.writeSync(1, JSON.stringify({ours: place.path, confs: conf.path, made}));
