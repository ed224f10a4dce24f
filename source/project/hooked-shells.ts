/** The shells that can tell which project file counts. */
export const hookedShells = ['bash', 'zsh', 'fish'] as const;

export type HookedShell = (typeof hookedShells)[number];
