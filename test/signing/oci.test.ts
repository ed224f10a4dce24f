import assert from 'node:assert/strict';
import {createPrivateKey} from 'node:crypto';
import {test} from 'node:test';
import {ociHeaders, signedOci} from '../../source/signing/oci.js';

/** Made for this test, and nobody's. */
const pem = `-----BEGIN PRIVATE KEY-----
MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBAJdFobSRBA3BUQQz
P5kF3Xz1lycjY7ttYfnuB3Vedt3Js101pGA13fEy1TJmE7XueA89knLa2BCv1F3c
ZuZY7QP4rHP4gx3pKpKzCnX8aYrUlFaaNsI+RwOiVOzqjO+cujLzl6qF9qitQtHV
OvuGcDpxBRc8bB4CU05RVKgXeI2BAgMBAAECgYA3yDacJkmvZNUiTl+qZw5I8Stf
BF7Xk7todY0Mi9wbZzCcM5a838BLHGqf3iJwmVJulE73yZmZda1DO246jRpBJoME
0k6YsNZsMtrGRT4NvjWEOceuFjnyS7lWL1a3fJOY/DsX2JB0IxQbGeMqIelozYUF
41TSdPcOGTT25aJXTQJBAManXTgLAtX6EVCN0mf8MpUMizzglBFr6x1O08EqHmFk
77kXVjB1ks5M1Dkt2/dOdrFqz/bsUd3LUnFu+axY3JsCQQDC8LnGJH7d2kyui2oy
k5iWRf82x36hNWJ2QtmQovhZNE1N4rSV0k4Hdz54ZzSgsHRt29AN+VfgbHO94e4p
GGoTAkEAnOY/WC5KNRrnZgo9ruegQ9y+dHykNgZYkrNZyG0txZrlQ/lMl8WlB8/i
pq6z12ZflM1aKBqKpnUaToFqLVeaFQJBAK4y94+8pTITFVsUcj3n7v66ZinJc7sT
PX14l3rMZykvt7TV1ZHccKXzRPvLHhhKFoDlYLJcEs8VmwgfkPdgPckCQFAHsy0w
VuMMNs+P9ZKOZIuuPDYc07Ew7XJm/V8gEgiglv/YaVr84GQpdtBMxwnbYJe1Ku3E
+Ze98LDRos65418=
-----END PRIVATE KEY-----
`;
const user = 'ocid1.user.oc1..aaaainventeduser';
const id = `ocid1.tenancy.oc1..aaaainventedtenancy/${user}/20:3b:97:13:55:1c:5b:0d:d3:37:d8:50:4e:c5:3a:34`;

test('a signature of Oracle is the one that its SDK made', () => {
	// Recorded from oci-common 2.142.1, `DefaultRequestSigner`, with this key at this time.
	const signature =
		'PJaPhni67FewbDlpfAN+6OcubBxOwfePt+Rahai1nVbvcojwBID98H/hAUMrCPj7BT4huJG4a85rwmzaffGBEQQ7qG53V5fAYBHgYhQxesXxSFbSR5cCETligKOb8uzJmSwtARBahs8zPRL/Zp+v+P9I1jqwpPnuqcg6Wn949Zo=';
	const url = `https://identity.eu-frankfurt-1.oraclecloud.com/20160918/users/${user}/apiKeys`;
	const now = new Date('2026-11-29T12:00:00Z');
	assert.deepEqual(ociHeaders(url, {id, privateKey: createPrivateKey(pem)}, now), {
		'x-date': 'Sun, 29 Nov 2026 12:00:00 GMT',
		authorization: `Signature version="1",keyId="${id}",algorithm="rsa-sha256",headers="x-date (request-target) host",signature="${signature}"`,
	});
});

test('a signature of Oracle over a body is the one that its SDK made', () => {
	// Recorded from oci-common 2.142.1 likewise.
	const url = `https://identity.eu-frankfurt-1.oraclecloud.com/20160918/users/${user}/apiKeys`;
	const now = new Date('2026-11-29T12:00:00Z');
	const key = {id, privateKey: createPrivateKey(pem)};
	const posted = signedOci({method: 'POST', url, body: '{"key":"PEM"}'}, key, now);
	assert.equal(posted['x-content-sha256'], 'Gn3rQZEwnRlSZ8dL2CU1deHNXN9HJ7Jx3j5DTpjSX40=');
	assert.equal(posted['content-length'], '13');
	assert.match(
		posted.authorization ?? '',
		/headers="x-date \(request-target\) host content-type content-length x-content-sha256"/,
	);
	assert.equal(
		/signature="(.*)"/.exec(posted.authorization ?? '')?.[1],
		'kG8TZAzhYD29WjyTZ9/FCi4LmGIzUf+uuw0FZIYtWmUC4yhjkuFprYJ+X0LSpMhvly7BC0LVywzMHykSfQNKxfaU9DIl6lsK2piiRcz32CDLOHpBeMJKD9MZ9Hfu3b5p8Q6+EKKjXvT/wqaSxsMFHiO0N0l5hQHJY8GoYxfPnk4=',
	);
	const deleted = signedOci({method: 'DELETE', url: `${url}/20%3A3b`}, key, now);
	assert.equal(
		/signature="(.*)"/.exec(deleted.authorization ?? '')?.[1],
		'G+qPCmH87lo03QCvODXfKV6rgnlkomONWGQbPZTq3s6A31FX6UqaQUfYhnWl3xFN+QZj0ooceqP+f9l3VJTZlHaEMWfeVO2BGsvRAHkhVWc/sQRtaduha/yPdTKclxJuLOVqXdkKlOfLFJihan3gwZ2/989kWvJuGXyalhsqxOU=',
	);
});
