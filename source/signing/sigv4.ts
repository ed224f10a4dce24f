import {sign} from 'aws4';

/** A request to AWS that is signed with Signature Version 4, but for its signature. */
export type Unsigned = {
	readonly host: string;
	/** The service and region that the signature is for. */
	readonly service: string;
	readonly region: string;
	/** The body of a form that is posted to `/`. */
	readonly body: string;
	readonly now: Date;
};

export type AwsKey = {readonly id: string; readonly secret: string; readonly session: string};

/** The headers of a form posted to AWS, with its signature (AWS IAM user guide, "Signature Version 4"). */
export function sigV4Headers(
	{host, service, region, body, now}: Unsigned,
	{id, secret, session}: AwsKey,
): Readonly<Record<string, string>> {
	const {headers = {}} = sign(
		{
			host,
			service,
			region,
			method: 'POST',
			path: '/',
			body,
			headers: {
				'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
				'X-Amz-Date': now.toISOString().replace(/[:-]|\.\d{3}/g, ''),
			},
		},
		{accessKeyId: id, secretAccessKey: secret, ...(session === '' ? {} : {sessionToken: session})},
	);
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
