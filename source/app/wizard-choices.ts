import {providers} from '../providers/catalog.js';
import type {Provider} from '../providers/provider.js';
import {type Line, lineText} from './line-editor.js';
import type {WizardScreen} from './screen.js';

/** Where a new credential's fields come from. */
export const wizardSources = ['type', 'environment', 'file'] as const;

/** The providers whose id, title or purpose holds what was typed. */
export function matchingProviders(filter: Line): readonly Provider[] {
	const wanted = lineText(filter).trim().toLowerCase();
	return providers.filter(provider =>
		[provider.id, provider.title, provider.purpose, ...provider.aliases].some(text =>
			text.toLowerCase().includes(wanted),
		),
	);
}

/** The provider that was chosen, or the one under the cursor while it is being chosen. */
export function wizardProvider(screen: WizardScreen): Provider | undefined {
	return screen.step === 'provider' ? matchingProviders(screen.filter)[screen.providerChoice] : screen.provider;
}
