import {PharmerError} from '../domain/errors.js';
import {type IniDialect, type IniSection, parseIni} from '../formats/ini.js';

/** The sections of an INI text for telling whose file it is: none for what is no INI. */
export function iniSectionsIn(text: string, dialect: IniDialect): readonly IniSection[] {
	try {
		return parseIni(text, dialect);
	} catch (error) {
		if (error instanceof PharmerError) return [];
		throw error;
	}
}
