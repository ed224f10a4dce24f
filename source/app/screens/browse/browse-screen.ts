/** The list; while `filtering`, typed text goes to the filter. */
export type ListScreen = {readonly kind: 'list'; readonly filtering: boolean};

export type DetailScreen = {readonly kind: 'detail'; readonly top: number};

declare module '../../core/screen.js' {
	interface Screens {
		readonly list: ListScreen;
		readonly detail: DetailScreen;
	}
}
