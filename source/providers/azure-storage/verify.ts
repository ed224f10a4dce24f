import {type Answer, type Ask, Unreachable} from '../../domain/exchange.js';
import type {Verdict} from '../../domain/verdict.js';
import {type AccountKey, sharedKey} from '../../signing/shared-key.js';
import {judged, lacking, type Row, strange, verdict, whoIs} from '../answers.js';
import {elementsOf} from '../aws/xml.js';
import type {Probe, Probing} from '../probe.js';

/** Where the blobs of an account are, cloud by cloud: the credential does not say which cloud it is of. */
const clouds = [
	{name: 'Azure', suffix: 'blob.core.windows.net'},
	{name: 'Azure for the US Government', suffix: 'blob.core.usgovcloudapi.net'},
	{name: 'Azure in China', suffix: 'blob.core.chinacloudapi.cn'},
] as const;

/**
 * What the service answers but 200 ("Common REST API error codes"; AzureStorageExplorer#8183 and others). What a
 * firewall answers, the emulator answers to a wrong key: so it tells nothing of the key.
 */
const rows: readonly Row[] = [
	{status: 403, code: 'AuthenticationFailed', is: 'invalid', why: 'the key is wrong, or was replaced'},
	{status: 403, code: 'AccountIsDisabled', is: 'disabled', why: 'the storage account is switched off'},
	{
		status: 403,
		code: 'KeyBasedAuthenticationNotPermitted',
		is: 'disabled',
		why: 'the storage account takes no keys: they are switched off',
	},
	{
		status: 403,
		code: 'AuthorizationFailure',
		is: 'unknown',
		why: "a firewall of the account may refuse this machine, so the key can't be judged from here",
	},
];

export const azureStorageProbe: Probe = {
	isTimed: true,
	endpointVariables: ['AZURE_STORAGE_SERVICE_ENDPOINT'],
	sends: () => 'a request that is signed with the account key',
	subject: value => value('account'),
	async verify(value, {ask, now, knows, endpoint}) {
		const key = {account: value('account'), key: value('key')};
		if (!/^[a-z0-9]{3,24}$/.test(key.account) || key.key === '') return lacking('the name of the account and a key');
		const answered = await firstAnswer(key, endpoint, ask, now);
		if (answered === undefined) return nameless(key.account, knows);
		const {answer, where} = answered;
		if (answer.status !== 200) return refusal(answer);
		if (!answer.headers.has('x-ms-account-kind')) return strange(answer);
		return verdict('valid', `${where} opens the account with it`, {who: whoIs({account: key.account})});
	},
};

/** The answer of the first cloud that knows the account, or of the endpoint; undefined when none does. */
async function firstAnswer(
	key: AccountKey,
	endpoint: string | undefined,
	ask: Ask,
	now: Date,
): Promise<{readonly answer: Answer; readonly where: string} | undefined> {
	const places =
		endpoint === undefined
			? clouds.map(({name, suffix}) => ({where: name, base: `https://${key.account}.${suffix}`}))
			: [{where: 'the endpoint', base: endpoint}];
	for (const {where, base} of places) {
		try {
			return {answer: await ask(request(base, key, now)), where};
		} catch (error) {
			if (!(error instanceof Unreachable) || error.kind !== 'no-host' || endpoint !== undefined) throw error;
		}
	}
	return undefined;
}

/** What it means that no name of the account's blobs is known: an account may hold files alone. */
async function nameless(account: string, knows: Probing['knows']): Promise<Verdict> {
	const hasFiles = await Promise.all(clouds.map(({suffix}) => knows(`${account}.${suffix.replace('blob', 'file')}`)));
	if (hasFiles.includes(true))
		return verdict('unsupported', 'the account holds files, and only blobs can be asked about');
	if (await knows('login.microsoftonline.com'))
		return verdict('invalid', 'no cloud of Azure knows a storage account of this name');
	throw new Unreachable(`the name ${account}.${clouds[0].suffix} is not known`, 'no-host');
}

/** Asks for what kind of account it is, which lists nothing that is in it ("Get Account Information"). */
function request(base: string, key: AccountKey, now: Date) {
	const url = `${base}/?restype=account&comp=properties`;
	const headers = {'x-ms-date': now.toUTCString(), 'x-ms-version': '2021-12-02'};
	return {method: 'GET', url, headers: {...headers, authorization: sharedKey({url, headers}, key)}} as const;
}

function refusal(answer: Answer): Verdict {
	const elements = elementsOf(answer.body);
	const code = elements?.get('Code');
	// The same code is given for a key that is wrong and for a clock that is (azure-sdk-for-js#5433).
	const isOfClock = /^Request date header/.test(elements?.get('AuthenticationErrorDetail') ?? '');
	return code === 'AuthenticationFailed' && isOfClock
		? verdict('unknown', "Azure does not take this machine's time")
		: judged(answer, code, rows);
}
