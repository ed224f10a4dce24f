/**
 * A test that changes what the whole process shares, such as functions of `fs` or the level of chalk, imports this: it
 * runs in a process of its own.
 */
export {};
