/** Variables by name, as a process has them; undefined for one that is not set. */
export type Environment = Readonly<Record<string, string | undefined>>;
