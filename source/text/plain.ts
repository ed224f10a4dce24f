/** The data of a manifest. Maps keep their order, whatever their keys; no key ever becomes a property. */
export type Plain = string | readonly Plain[] | PlainMap;

export type PlainMap = ReadonlyMap<string, Plain>;
