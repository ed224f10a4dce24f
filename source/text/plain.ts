/** The data of a manifest. Maps keep their order, whatever their keys; no key ever becomes a property. */
export type Plain = string | readonly Plain[] | PlainMap;

export type PlainMap = ReadonlyMap<string, Plain>;

/** What a document is written from: plain data, and numbers and truths of our own beside it. */
export type Written = string | number | boolean | readonly Written[] | ReadonlyMap<string, Written>;
