import {Secret} from '../../domain/secret.js';
import {enumerated} from '../../domain/words.js';
import {momentAt, textAt} from '../answers.js';
import {
	assertNoKeys,
	doubtOf,
	type IssueCall,
	type IssueOrder,
	type Issuer,
	type IssueStep,
	nothingThere,
} from '../issuer.js';
import {askApi, everyPage, given, idAt, listIn, objectIn, secretAt} from '../key-api.js';
import {type KeyCall, markedLabel} from '../key-service.js';
import {unlessGone} from '../unless-gone.js';
import {bearerOf, iamApi, keyForm, readFor, uuid} from './keys.js';
import {clusterSets} from './permission-sets.js';

const copied = ['organization', 'project', 'region', 'zone'] as const;

/**
 * An application, a policy for it in the admin's project, and an API key (scaleway-sdk-go, api/iam/v1alpha1/iam_sdk.go;
 * the same as the guide of this provider says).
 */
export const scalewayIssuer: Issuer = {
	identity: 'pharmer',
	refusesName: identity => (/^[\w. -]{1,40}$/.test(identity) ? undefined : 'it has 1 to 40 letters, digits or ` .-_`'),
	policies: () => clusterSets,
	policy: {
		takes: 'the name of a permission set',
		isFile: () => false,
		refuses: policy => (/^[A-Za-z\d]{1,100}$/.test(policy) ? undefined : 'it is no name of a permission set'),
	},
	policyName: policy => policy,
	warns: ({policies}) =>
		policies.includes('IAMManager') ? 'IAMManager lets the key grant itself any access' : undefined,
	steps: order => [applicationStep(order), policyStep(order)],
	identityStep: 'application',
	async survey(call) {
		const {identity} = call.order;
		const found = (await everything(call, 'applications')).find(each => textAt(each, 'name') === identity);
		if (found === undefined) return nothingThere;
		return {
			there: new Map([['application', idAt(uuid, found, 'id')]]),
			doubts: [doubtOf('Scaleway', 'an application', identity)],
		};
	},
	async keys(call) {
		const application = call.made.get('application') ?? (await findMarked(call, 'applications'));
		if (application === undefined) return [];
		return (await keysOf(call, application)).map(json => ({
			id: idAt(keyForm, json, 'access_key'),
			label: textAt(json, 'description'),
			created: momentAt(json, 'created_at'),
		}));
	},
	async makeKey(call, _, mark) {
		const made = await askApi(iamApi, keyCall(call), 'POST', '/api-keys', {
			application_id: applicationOf(call),
			description: markedLabel(mark),
			default_project_id: (await placeOf(call)).project,
		});
		const id = idAt(keyForm, made, 'access_key');
		return {
			id,
			fields: new Map([
				['accessKey', new Secret(id)],
				['token', secretAt(made, 'secret_key')],
			]),
		};
	},
	removeKey: (call, id) => removed(call, `api-keys/${encodeURIComponent(id)}`),
	fields: ({by}) => new Map(copied.filter(key => by(key) !== '').map(key => [key, new Secret(by(key))])),
};

function applicationStep({identity, mark}: IssueOrder): IssueStep {
	return marked('applications', {
		keys: keysOf,
		id: 'application',
		says: `the application ${identity}`,
		body: async call => ({
			name: identity,
			description: markedLabel(mark),
			organization_id: (await placeOf(call)).organization,
		}),
	});
}

function policyStep({identity, policies, mark}: IssueOrder): IssueStep {
	return marked('policies', {
		id: 'policy',
		says: `a policy for it, with ${enumerated(policies)} in the project`,
		async body(call) {
			const {organization, project} = await placeOf(call);
			return {
				name: `${identity}-${mark}`,
				description: markedLabel(mark),
				organization_id: organization,
				application_id: applicationOf(call),
				rules: [{permission_set_names: policies, project_ids: [project]}],
			};
		},
	});
}

/** The id of what carries the mark; undefined where there is none. */
async function findMarked(call: IssueCall, kind: 'applications' | 'policies'): Promise<string | undefined> {
	const label = markedLabel(call.order.mark);
	const found = (await everything(call, kind)).find(each => textAt(each, 'description') === label);
	return found === undefined ? undefined : idAt(uuid, found, 'id');
}

/** A step that makes something whose description carries the mark, by which it is found again. */
function marked(
	kind: 'applications' | 'policies',
	{
		body,
		keys,
		...step
	}: Pick<IssueStep, 'id' | 'says'> & {
		readonly body: (call: IssueCall) => Promise<object>;
		readonly keys?: typeof keysOf;
	},
): IssueStep {
	const find = (call: IssueCall) => findMarked(call, kind);
	return {
		...step,
		make: async call =>
			(await find(call)) ?? idAt(uuid, await askApi(iamApi, keyCall(call), 'POST', `/${kind}`, await body(call)), 'id'),
		async remove(call, made) {
			const id = made ?? (await find(call));
			if (id === undefined) return;
			assertNoKeys((await keys?.(call, id)) ?? []);
			await removed(call, `${kind}/${id}`);
		},
	};
}

const keyCall = (call: IssueCall): KeyCall => ({...call, of: () => '', isAdmin: true});

const keysOf = (call: IssueCall, application: string): Promise<readonly unknown[]> =>
	everything(call, 'api-keys', {bearer_id: application});

function applicationOf({made}: IssueCall): string {
	return given(made.get('application'));
}

async function removed(call: IssueCall, path: string): Promise<void> {
	await unlessGone(askApi(iamApi, keyCall(call), 'DELETE', `/${path}`));
}

/** The organization of the key that signs, and the project that is its own. */
async function placeOf(call: IssueCall): Promise<{readonly organization: string; readonly project: string}> {
	const own = await readFor({...keyCall(call), of: call.by});
	const {kind, id} = bearerOf(own);
	const bearer = await askApi(iamApi, keyCall(call), 'GET', `/${kind === 'user_id' ? 'users' : 'applications'}/${id}`);
	const project = call.by('project') || idAt(uuid, own, 'default_project_id');
	return {organization: idAt(uuid, bearer, 'organization_id'), project};
}

/** All applications, policies or API keys of the organization. */
async function everything(
	call: IssueCall,
	kind: 'applications' | 'policies' | 'api-keys',
	more: Readonly<Record<string, string>> = {},
): Promise<readonly unknown[]> {
	const {organization} = await placeOf(call);
	return everyPage(async (at = '1') => {
		const query = new URLSearchParams({organization_id: organization, ...more, page: at, page_size: '100'});
		const page = objectIn(await askApi(iamApi, keyCall(call), 'GET', `/${kind}?${query}`));
		const total = given(typeof page.total_count === 'number' ? page.total_count : undefined);
		const next = Number(at) * 100 < total ? String(Number(at) + 1) : undefined;
		return {items: listIn(page[kind === 'api-keys' ? 'api_keys' : kind]), next};
	});
}
