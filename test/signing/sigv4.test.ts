import assert from 'node:assert/strict';
import {test} from 'node:test';
import {AwsV4Signer} from 'aws4fetch';
import fc from 'fast-check';
import {sigV4Headers} from '../../source/signing/sigv4.js';

const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';

test('a signature of AWS is the one that aws4fetch makes, whatever is signed', () =>
	fc.assert(
		fc.asyncProperty(
			fc.constantFrom('sts', 'iam'),
			fc.constantFrom('us-east-1', 'cn-north-1', 'eusc-de-east-1'),
			fc.string({unit: 'binary', maxLength: 60}),
			fc.constantFrom('', 'IQoJb3JpZ2luX2VjE//token=='),
			fc.date({min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true}),
			async (service, region, text, session, now) => {
				const host = `${service}.${region}.amazonaws.com`;
				const body = new URLSearchParams({Action: 'GetCallerIdentity', Note: text}).toString();
				const ours = sigV4Headers(
					{host, service, region, body, now},
					{id: accessKeyId, secret: secretAccessKey, session},
				);
				const signer = new AwsV4Signer({
					method: 'POST',
					url: `https://${host}/`,
					headers: {'content-type': ours['content-type'] ?? '', 'content-length': ours['content-length'] ?? ''},
					body,
					accessKeyId,
					secretAccessKey,
					...(session === '' ? {} : {sessionToken: session}),
					service,
					region,
					datetime: now.toISOString().replace(/[:-]|\.\d{3}/g, ''),
					allHeaders: true,
				});
				const theirs = (await signer.sign()).headers;
				assert.equal(ours.authorization, theirs.get('authorization'));
			},
		),
	));
