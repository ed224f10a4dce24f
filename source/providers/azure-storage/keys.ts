import type {Answer} from '../../domain/exchange.js';
import {isObject} from '../../domain/json.js';
import {Secret} from '../../domain/secret.js';
import {momentAt, objectOf, textAt} from '../answers.js';
import {type AskService, signIn} from '../azure/sign-in.js';
import type {KeyCall, KeyService, ListedKey} from '../key-service.js';
import {incomplete, type RefusalRow, Refused} from '../refused.js';

const isAccount = /^[a-z0-9]{3,24}$/;
const isKey = /^[A-Za-z0-9+/]{64,}={0,2}$/;
/** The most pages of a list that are read. */
const mostPages = 20;
const accountsVersion = 'api-version=2023-05-01';
const subscriptionsVersion = 'api-version=2022-12-01';

/** What Azure's Resource Manager answers but success ("Common Azure deployment errors"; "Storage error codes"). */
const rows: readonly RefusalRow[] = [
	{
		status: 403,
		code: /^(?:Linked)?AuthorizationFailed$/,
		kind: 'denied',
		why: 'it may not: it needs the role Storage Account Key Operator for the account, and Reader to find it',
	},
	{status: 401, code: /^\w+$/, kind: 'unsigned', why: 'Azure does not accept what signs'},
	{status: 409, code: 'ScopeLocked', kind: 'denied', why: 'a lock on the account forbids it'},
	{status: 409, code: 'StorageAccountOperationInProgress', kind: 'later', why: 'the account is being changed'},
];

/**
 * The two keys of a storage account (Storage Resource Provider, storageAccounts: list, listKeys, regenerateKey), which
 * an application with a role for it renews. There are always two: a new key takes the place of the one that is not in
 * use. Its id holds the time of its making, so a key that is renewed is another one.
 */
export const azureStorageKeys: KeyService = {
	cant: of =>
		isAccount.test(of('account')) && of('key') !== '' ? undefined : 'it has no name of an account with a key of it',
	signer: 'azure',
	needsSigner: true,
	warns: () => 'the other of the two keys of the account is renewed, so what uses that one stops at once',
	isMarked: false,
	places: {sends: () => 'the client secret of the credential that signs'},
	keys: async call => (await findAccount(call)).keys.map(({listed}) => listed),
	async make(call) {
		const account = await findAccount(call);
		const other = account.keys.find(({listed}) => !listed.isOwn);
		if (other === undefined || !account.keys.some(({listed}) => listed.isOwn))
			throw new Refused('other', 'neither of the two keys of the account is the old one, which was renewed');
		const {answer, keys} = await renew(account, other.name, call);
		const made = keys.find(({name}) => name === other.name);
		if (made === undefined || made.value === other.value) throw incomplete(answer);
		return {id: made.listed.id, fields: new Map([['key', new Secret(made.value)]])};
	},
	/** Renews it, so that its value opens nothing. */
	async remove(call, id) {
		const account = await findAccount(call);
		const key = account.keys.find(({listed}) => listed.id === id);
		if (key !== undefined) await renew(account, key.name, call);
		// What was renewed has a time: without one nobody knows.
		else if (account.keys.some(({name, listed}) => id.startsWith(name) && listed.created === undefined))
			throw incomplete(account.answer);
	},
};

type Key = {
	readonly name: 'key1' | 'key2';
	readonly value: string;
	readonly listed: ListedKey & {readonly isOwn: boolean};
};

type Account = {
	readonly ask: AskService;
	readonly path: string;
	readonly keys: readonly Key[];
	/** What told the keys. */
	readonly answer: Answer;
};

/** What can be a part of a path as it is. */
const isPart = /^[\w-]{1,64}$/;

/** The account of the credential among those of the subscription that signs, or of all, and its keys. */
async function findAccount(call: KeyCall): Promise<Account> {
	const name = call.of('account');
	const ask = await signIn(call, 'management', rows);
	for (const subscription of await subscriptionsOf(ask, call)) {
		if (!isPart.test(subscription)) throw new Refused('other', 'a subscription of what signs has an odd id');
		const start = `/subscriptions/${encodeURIComponent(subscription)}`;
		const all = await allOf(ask, `${start}/providers/Microsoft.Storage/storageAccounts?${accountsVersion}`);
		const id = textIn(
			all.find(each => textAt(each, 'name') === name),
			'id',
		);
		if (id === undefined) continue;
		const group = /^\/subscriptions\/[^/]+\/resourceGroups\/((?!\.{1,2}\/)[^/?#]{1,90})\/providers\//i.exec(id)?.[1];
		if (group === undefined) throw new Refused('other', 'the resource group of the account can not be told');
		const place = `${start}/resourceGroups/${encodeURIComponent(group)}`;
		const path = `${place}/providers/Microsoft.Storage/storageAccounts/${encodeURIComponent(name)}`;
		const answer = await ask({method: 'POST', path: `${path}/listKeys?${accountsVersion}`}, [200]);
		return {ask, path, keys: keysIn(answer, call), answer};
	}
	throw new Refused('other', 'what signs sees no storage account of that name in its subscription');
}

async function subscriptionsOf(ask: AskService, {by}: KeyCall): Promise<readonly string[]> {
	if (by('subscriptionID') !== '') return [by('subscriptionID')];
	const all = await allOf(ask, `/subscriptions?${subscriptionsVersion}`);
	return all.flatMap(each => textAt(each, 'subscriptionId') ?? []);
}

/** A list, page by page: the address of the next one is taken for its query alone. */
async function allOf(ask: AskService, first: string): Promise<readonly unknown[]> {
	const found: unknown[] = [];
	const [path = ''] = first.split('?');
	let query: string | undefined = first.slice(path.length);
	for (let count = 0; count < mostPages; count++) {
		const answer = await ask({method: 'GET', path: `${path}${query}`}, [200]);
		const {value, nextLink} = objectOf(answer) ?? {};
		if (!Array.isArray(value)) throw incomplete(answer);
		found.push(...value);
		if (nextLink === undefined || nextLink === null || nextLink === '') return found;
		if (typeof nextLink !== 'string' || !URL.canParse(nextLink)) throw incomplete(answer);
		query = new URL(nextLink).search;
	}
	throw new Refused('other', 'there are too many accounts to see all of them');
}

async function renew({ask, path}: Account, keyName: string, call: KeyCall) {
	const answer = await ask({method: 'POST', path: `${path}/regenerateKey?${accountsVersion}`, body: {keyName}}, [200]);
	return {answer, keys: keysIn(answer, call)};
}

/** Both keys, which are what is answered to a list of them and to a renewal. */
function keysIn(answer: Answer, {of}: KeyCall): readonly [Key, Key] {
	const all = objectOf(answer)?.keys;
	const keyOf = (name: Key['name']): Key => {
		const key = Array.isArray(all) ? all.find(each => textAt(each, 'keyName') === name) : undefined;
		const value = textAt(key, 'value');
		const made = textAt(key, 'creationTime');
		const isGood = value !== undefined && isKey.test(value) && (made === undefined || /^[\w:.+-]{10,40}$/.test(made));
		if (!isGood) throw incomplete(answer);
		const created = momentAt(key, 'creationTime');
		// Keys from before Azure told it have no time; one that is renewed has.
		return {name, value, listed: {id: `${name} ${made ?? 'unknown'}`, created, isOwn: value === of('key')}};
	};
	return [keyOf('key1'), keyOf('key2')];
}

/** A text that may be longer than a name. */
function textIn(value: unknown, key: string): string | undefined {
	const text = isObject(value) ? value[key] : undefined;
	return typeof text === 'string' ? text : undefined;
}
