/** How wide a mask is, whatever it hides: its width tells nothing of a secret's length. */
export const maskWidth = 12;

/** A public id shortened for a list, `AKIA…7QRX`; ids of up to 12 characters stay whole. */
export function shortId(id: string): string {
	return id.length <= 12 ? id : `${id.slice(0, 4)}…${id.slice(-4)}`;
}
