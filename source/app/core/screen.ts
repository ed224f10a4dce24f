/**
 * Every kind of screen; the file of each adds its own.
 * @public
 */
// biome-ignore lint/suspicious/noEmptyInterface: nothing could be added to a type
export interface Screens {}

/** What is shown, as data; the room of its kind says what it does. */
export type Screen = Screens[keyof Screens];
