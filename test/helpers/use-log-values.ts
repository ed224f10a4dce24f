export const vaultId = '0b9f4c1e-7a52-4d83-9c06-5e1f2a3b4c5d';
export const vaultKey = Buffer.alloc(32, 7);
/** Sizes with which a log of a few lines is shortened. */
export const small = {step: 16 * 256, most: 512 * 256};

/** That moment, so many seconds later. */
export const at = (seconds: number): Date => new Date(Date.UTC(2026, 0, 2) + seconds * 1000);
