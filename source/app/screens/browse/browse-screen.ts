/** The list; while `filtering`, typed text goes to the filter. */
export type ListScreen = {readonly kind: 'list'; readonly filtering: boolean};

/** The list as it is opened. */
export const listScreen: ListScreen = {kind: 'list', filtering: false};

export type DetailScreen = {readonly kind: 'detail'; readonly top: number};

declare module '../../core/screen.js' {
	interface Screens {
		readonly list: ListScreen;
		readonly detail: DetailScreen;
	}
}
