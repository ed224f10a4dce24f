/** The looks to choose from: the terminal's own colours, or one that brings its own and paints the window with them. */
export const themeNames = ['terminal', 'light', 'dark', 'high-contrast'] as const;

export type ThemeName = (typeof themeNames)[number];
