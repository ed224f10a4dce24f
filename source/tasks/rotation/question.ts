import type {ListedKey} from '../../providers/key-service.js';

/**
 * What only a person can decide. `own`: whether this is the key of the credential; `room`: whether it is deleted, so
 * that there is room for another; `orphan`: whether it is deleted, since nobody has its secret; `strangers`: whether it
 * goes on although somebody else made these meanwhile; `used`: whether it is deleted although something still uses it.
 */
export type Question = {
	readonly kind: 'own' | 'room' | 'orphan' | 'strangers' | 'used';
	readonly name: string;
	readonly keys: readonly ListedKey[];
};

/** `nobody`: there is nobody to ask. */
export type Reply = 'yes' | 'no' | 'nobody';
