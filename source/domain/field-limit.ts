/** The largest value that a field takes, in bytes of UTF-8: a key file has some thousands. What is stored already stays readable. */
export const fieldLimit = 64 * 1024;
