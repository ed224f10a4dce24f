import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {test} from 'node:test';
import {AwsV4Signer} from 'aws4fetch';
import fc from 'fast-check';
import {s3Headers, sigV4Headers} from '../../source/signing/sigv4.js';

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

test('a signature of S3 is the one that aws4fetch makes, whatever is put and listed', () =>
	fc.assert(
		fc.asyncProperty(
			fc.constantFrom(
				'https://bucket.s3.eu-central-1.amazonaws.com',
				'http://127.0.0.1:7070',
				'https://s3.example:8443',
			),
			fc.stringMatching(/^(?:\/[\w.-]{1,9}){1,4}$/),
			fc.record({prefix: fc.string({unit: 'binary', maxLength: 20}), 'start-after': fc.string({maxLength: 20})}),
			fc.uint8Array({maxLength: 60}),
			fc.constantFrom('', 'IQoJb3JpZ2luX2VjE//token=='),
			fc.date({min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true}),
			async (origin, path, parameters, bytes, session, now) => {
				const url = new URL(origin + path);
				for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
				url.search = url.search.replaceAll('+', '%20');
				const headers = {'If-None-Match': '*', 'Content-Type': 'application/json'};
				const body = Buffer.from(bytes);
				const request = {method: 'PUT', url, headers, body, region: 'eu-central-1', now} as const;
				const ours = s3Headers(request, {id: accessKeyId, secret: secretAccessKey, session});
				const signer = new AwsV4Signer({
					method: 'PUT',
					url: url.href,
					headers: {...headers, 'x-amz-content-sha256': ours['x-amz-content-sha256'] ?? ''},
					accessKeyId,
					secretAccessKey,
					...(session === '' ? {} : {sessionToken: session}),
					service: 's3',
					region: 'eu-central-1',
					datetime: now.toISOString().replace(/[:-]|\.\d{3}/g, ''),
					allHeaders: true,
				});
				assert.equal(ours.authorization, (await signer.sign()).headers.get('authorization'));
				assert.equal(ours['x-amz-content-sha256'], createHash('sha256').update(body).digest('hex'));
			},
		),
	));
