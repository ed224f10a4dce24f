/**
 * One way into a vault: its key, wrapped for openers of one kind. Each kind has members of its own, which are in the
 * file in this order.
 */
export type Slot = {readonly id: string; readonly kind: string; readonly [member: string]: unknown};

/** Makes a slot with that id, which wraps the key of that vault. `cost` is scrypt's N where the slot derives by it. */
export type SlotMaker = (vaultId: string, vaultKey: Buffer, slotId: string, cost?: number) => Promise<Slot>;

/**
 * A vault's key, and the slot that gave it: undefined when whoever had the vault open before lent it, so that nothing
 * proves it yet. The buffer is the caller's from then on, who fills it with zero when it lets it go.
 */
export type Unlocked = {readonly key: Buffer; readonly slotId: string | undefined};

/** A way to a vault's key; undefined when it has none for this vault (after age's Identity). */
export type Opener = {open(vaultId: string, slots: readonly Slot[]): Promise<Unlocked | undefined>};

/** Opens with the first of several openers that can. */
export function eitherOpener(...openers: readonly Opener[]): Opener {
	return {
		async open(vaultId, slots) {
			for (const opener of openers) {
				const unlocked = await opener.open(vaultId, slots);
				if (unlocked !== undefined) return unlocked;
			}
			return undefined;
		},
	};
}
