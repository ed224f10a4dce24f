/**
 * One way into a vault: its key, wrapped for openers of one kind. Each kind has members of its own, which are in the
 * file in this order.
 */
export type Slot = {readonly id: string; readonly kind: string; readonly [member: string]: unknown};

/** A vault's key, and the slot that gave it. */
export type Unlocked = {readonly key: Buffer; readonly slotId: string};

/** A way to a vault's key; undefined when none of the slots is for it (after age's Identity). */
export type Opener = {open(vaultId: string, slots: readonly Slot[]): Promise<Unlocked | undefined>};
