/** The themes: the terminal's own colours, or ones with their own that also paint the background. */
export const themeNames = ['terminal', 'light', 'dark', 'high-contrast'] as const;

export type ThemeName = (typeof themeNames)[number];
