import {createPublicKey, type KeyObject, sign} from 'node:crypto';

/** What a certificate says. */
export type Named = {
	/** The common name of subject and issuer. */
	readonly name: string;
	readonly from: Date;
	/** RFC 5280, 4.1.2.5 has 9999-12-31T23:59:59Z for one without an end. */
	readonly to: Date;
	/** A positive number of at most 20 bytes that is not given twice, its first byte below 0x80 and not 0. */
	readonly serial: Buffer;
};

/** Tags of DER (X.690, 8.2 to 8.23), and those of a certificate's version and extensions. */
const tag = {
	integer: 0x02,
	bits: 0x03,
	octets: 0x04,
	null: 0x05,
	oid: 0x06,
	utf8: 0x0c,
	utcTime: 0x17,
	time: 0x18,
	sequence: 0x30,
	set: 0x31,
	version: 0xa0,
	extensions: 0xa3,
} as const;

/** The identifiers 1.2.840.113549.1.1.11, 2.5.4.3 and 2.5.29.19 (RFC 4055, 5; X.520; RFC 5280, 4.2.1.9). */
const sha256WithRsa = Buffer.from('2a864886f70d01010b', 'hex');
const commonName = Buffer.from('550403', 'hex');
const basicConstraints = Buffer.from('551d13', 'hex');

/** A certificate of version 3 for the other half of a private RSA key, signed with that key, as PEM (RFC 5280, 4.1). */
export function selfSigned(key: KeyObject, {name, from, to, serial}: Named): string {
	const algorithm = der(tag.sequence, der(tag.oid, sha256WithRsa), der(tag.null));
	const names = der(tag.sequence, der(tag.oid, commonName), der(tag.utf8, Buffer.from(name, 'utf8')));
	const subject = der(tag.sequence, der(tag.set, names));
	// Nobody's authority: an empty sequence.
	const constraints = der(tag.octets, der(tag.sequence));
	const body = der(
		tag.sequence,
		der(tag.version, der(tag.integer, Buffer.from([2]))),
		der(tag.integer, serial),
		algorithm,
		subject,
		der(tag.sequence, time(from), time(to)),
		subject,
		createPublicKey(key).export({type: 'spki', format: 'der'}),
		der(tag.extensions, der(tag.sequence, der(tag.sequence, der(tag.oid, basicConstraints), constraints))),
	);
	const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, key)]);
	const lines = der(tag.sequence, body, algorithm, der(tag.bits, signature))
		.toString('base64')
		.replace(/.{64}(?=.)/g, '$&\n');
	return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

/** A value: its tag, its length in the fewest bytes, and what is in it. */
function der(type: number, ...parts: readonly Buffer[]): Buffer {
	const content = Buffer.concat(parts);
	const size = content.length.toString(16);
	const bytes = Buffer.from(size.padStart(size.length + (size.length % 2), '0'), 'hex');
	const length = content.length < 0x80 ? bytes : Buffer.concat([Buffer.from([0x80 + bytes.length]), bytes]);
	return Buffer.concat([Buffer.from([type]), length, content]);
}

/** Years from 2050 on have four digits (RFC 5280, 4.1.2.5). */
function time(moment: Date): Buffer {
	const digits = moment.toISOString().slice(0, 19).replace(/\D/g, '');
	return moment.getUTCFullYear() < 2050
		? der(tag.utcTime, Buffer.from(`${digits.slice(2)}Z`))
		: der(tag.time, Buffer.from(`${digits}Z`));
}
