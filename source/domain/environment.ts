/** A process's environment variables by name; undefined for a variable that is not set. */
export type Environment = Readonly<Record<string, string | undefined>>;
