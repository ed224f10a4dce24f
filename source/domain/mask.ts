/** The width of every mask, so that it reveals nothing about the length of the secret. */
export const maskWidth = 12;

/** A public id shortened for a list, `AKIA…7QRX`; ids of at most 12 characters stay whole. */
export function shortId(id: string): string {
	return id.length <= 12 ? id : `${id.slice(0, 4)}…${id.slice(-4)}`;
}
