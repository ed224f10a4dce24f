import {filesInEnvironment, findInEnvironment} from '../../../credentials/environment.js';
import {publicIdOf} from '../../../credentials/public-id.js';
import type {Credential} from '../../../domain/credential.js';
import type {Secret} from '../../../domain/secret.js';
import {providerOf, providers} from '../../../providers/catalog.js';
import {issuerIds} from '../../../providers/issuer-ids.js';
import type {Guide, Provider} from '../../../providers/provider.js';
import {visible} from '../../../text/visible.js';
import type {State} from '../../core/state.js';
import {type Line, lineText} from '../../input/line-editor.js';
import type {WizardScreen} from './wizard-screen.js';

/** Where a new credential's fields can come from. */
export const wizardSources = ['type', 'environment', 'file', 'paste', 'issue'] as const;

type Source = (typeof wizardSources)[number];

/** Those that a provider has. */
export function sourcesOf(provider: Provider | undefined): readonly Source[] {
	return wizardSources.filter(source => source !== 'issue' || issuerIds.has(provider?.id ?? ''));
}

/** The provider's guide; where the app can do what it says, with a word of that. */
export function wizardGuide(screen: WizardScreen): Guide | undefined {
	const provider = wizardProvider(screen);
	const {guide} = provider ?? {};
	if (provider === undefined || guide === undefined || !issuerIds.has(provider.id)) return guide;
	const summary = `${guide.summary} Or choose \`${sourceTitles.issue}\`, once it has a name: another credential of ${provider.title} makes one.`;
	return {...guide, summary};
}

/** What to do where the fields are to be pasted. */
export const pasteHint = 'Paste it now: a file, a .env, JSON, YAML. It fills the fields.';

/** The providers whose id, title or purpose contains the filter text. */
export function matchingProviders(filter: Line): readonly Provider[] {
	const wanted = lineText(filter).trim().toLowerCase();
	return providers.filter(provider =>
		[provider.id, provider.title, provider.purpose, ...provider.aliases].some(text =>
			text.toLowerCase().includes(wanted),
		),
	);
}

/** The matching providers, or the one that takes any keys where none matches. */
export function offeredProviders(filter: Line): readonly Provider[] {
	const found = matchingProviders(filter);
	return found.length > 0 ? found : providers.filter(({open}) => open);
}

/** The chosen provider, or the one under the cursor while choosing. */
export function wizardProvider(screen: WizardScreen): Provider | undefined {
	return screen.step === 'provider' ? offeredProviders(screen.filter)[screen.providerChoice] : screen.provider;
}

/** Which files fields can be read from. */
export const fileHelp = "what was downloaded, its tool's own file, a .env, JSON, YAML, a manifest";

/** The question for a field's name, for a provider that takes any. */
export function fieldNameQuestion({fields, focus}: WizardScreen): string {
	if (focus < fields.length) return 'What is this field called?';
	return fields.length === 0 ? 'What is the first field called?' : 'Another field? Its name, or enter to continue';
}

/** One option as it is shown. */
export type Option = {readonly id: string; readonly title: string; readonly about: string};

const sourceTitles: Readonly<Record<Source, string>> = {
	type: 'type it in',
	environment: 'the environment',
	file: 'a file',
	paste: 'a paste',
	issue: 'made for you',
};

/** Why nothing can be made at a provider; undefined when something can. */
export function cantMake(credentials: readonly Credential[], provider: Provider): string | undefined {
	const isThere = credentials.some(each => providerOf(each.provider) === provider);
	return isThere ? undefined : `no credential of ${provider.title} here could sign`;
}

/** The sources for the fields, and what each offers. */
export function sourceOptions(
	{provider}: WizardScreen,
	{environment, credentials}: Pick<State, 'environment' | 'credentials'>,
): readonly Option[] {
	if (provider === undefined) return [];
	const found = [...findInEnvironment(provider, environment), ...filesInEnvironment(provider, environment)];
	const variables = found.map(({variable}) => variable);
	const about = {
		type: 'one field at a time',
		environment:
			provider.fields.length === 0
				? `${provider.title} has no variables of its own`
				: variables.length === 0
					? 'nothing found there'
					: `${variables.length} found: ${variables.join(', ')}`,
		file: "JSON, YAML, the provider's own",
		paste: 'paste it here now: JSON, YAML, .env',
		issue: cantMake(credentials, provider) ?? 'a key of its own, made by another one',
	};
	return sourcesOf(provider).map(id => ({id, title: sourceTitles[id], about: about[id]}));
}

/** What tells a profile from others: its public id, or the names of its fields. */
function profileText({provider}: WizardScreen, data: ReadonlyMap<string, Secret>): string {
	const id = provider === undefined ? '' : publicIdOf(provider, data);
	return id === '' ? [...data.keys()].map(visible).join(', ') : visible(id);
}

/** The sets of fields in a file. */
export function profileOptions(screen: WizardScreen): readonly Option[] {
	return screen.profiles.map(({label, data}, index) => ({
		id: `${index}`,
		title: visible(label),
		about: profileText(screen, data),
	}));
}
