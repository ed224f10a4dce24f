import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkData} from '../../source/credentials/check.js';
import {filesInEnvironment, findInEnvironment} from '../../source/credentials/environment.js';
import {handOn} from '../../source/credentials/variables.js';
import {readManifest, renderYaml} from '../../source/documents/manifest.js';
import {renderJson} from '../../source/documents/manifest-json.js';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import {fieldOf, isSecretField, providers} from '../../source/providers/catalog.js';
import {completeData} from '../../source/providers/data.js';
import type {Provider} from '../../source/providers/provider.js';
import {clear, fields, runCommandLine} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';
import {contentOf, openApp} from '../helpers/opened.js';
import {samplesOf} from '../helpers/samples.js';

/** Every sample of every provider: one for each way to sign in. */
const cases = providers.flatMap(provider =>
	samplesOf(provider.id).map((data, index) => ({
		title: `${provider.id}${index === 0 ? '' : ` ${index + 1}`}`,
		provider,
		data,
	})),
);

test('every provider, and every way to sign in, has a sample without findings', () => {
	for (const provider of providers) {
		const samples = samplesOf(provider.id);
		assert.ok(samples.length >= Math.max(1, provider.alternatives?.length ?? 1), provider.id);
		for (const data of samples) assert.deepEqual(checkData(provider, fields(data)), [], provider.id);
		const keys = new Set(samples.flatMap(data => Object.keys(data)));
		for (const {key} of provider.fields) assert.ok(keys.has(key), `${provider.id} ${key}`);
	}
});

for (const {title, provider, data} of cases) {
	test(`${title}: typed in the wizard, it is kept to the byte`, async context => {
		const {place, terminal} = await openApp(context, []);
		await terminal.play('n', provider.id, 'enter', 'ctrl+u', 'kept', 'enter', 'enter');
		const typed = {...data};
		// The wizard asks for a field unless the others rule it out; fields missing from the sample are skipped.
		for (let asked = 0; asked < provider.fields.length + 1; asked++) {
			const {screen} = terminal.store.getState();
			if (screen.kind !== 'wizard' || screen.step !== 'field') break;
			const key = screen.fields[screen.focus]?.key ?? '';
			const value = typed[key];
			if (value !== undefined) await terminal.paste(value);
			await terminal.play('enter');
		}
		if (provider.open) {
			for (const [key, value] of Object.entries(data)) {
				await terminal.play(key, 'enter');
				await terminal.paste(value);
				await terminal.play('enter');
			}
			await terminal.play('enter');
		}
		for (const value of secretsOf(provider, data)) assert.ok(!terminal.screen().includes(value.slice(0, 20)), title);
		await terminal.play('enter');
		const [kept] = (await contentOf(place)).credentials;
		assert.equal(kept?.name, 'kept', terminal.screen());
		assert.deepEqual(clear(kept.data), inOrder(provider, data));
	});

	// A provider that accepts any keys has no variables to read; `variables.test.ts` covers how it is passed on.
	const hasVariables = provider.fields.length > 0;
	if (hasVariables)
		test(`${title}: from each of its variables, it is kept to the byte`, async () => {
			const names = Object.keys(data).flatMap(key => {
				const {environment, environmentFiles = []} = fieldOf(provider, key);
				assert.ok(environment.length + environmentFiles.length > 0, `${title} ${key} has no variable`);
				return [...environment, ...environmentFiles].map(name => ({key, name}));
			});
			for (const {key, name} of names) {
				const files: Record<string, string> = {};
				const environment: Record<string, string> = {};
				for (const [each, value] of Object.entries(data)) {
					const field = fieldOf(provider, each);
					const variable = each === key ? name : (field.environment[0] ?? field.environmentFiles?.[0] ?? '');
					if (field.environmentFiles?.includes(variable)) {
						environment[variable] = `/files/${each}`;
						files[`/files/${each}`] = value;
					} else environment[variable] = value;
				}
				const run = await runCommandLine(['create', 'cred', 'kept', '-p', provider.id, '--from-env'], {
					environment,
					files,
				});
				assert.equal(run.code, 0, `${name}: ${run.stderr}`);
				assert.match(run.stderr, new RegExp(`${key} from ${name}\\b`));
				assert.deepEqual(clear((await run.content())?.credentials[0]?.data), inOrder(provider, data), name);
			}
		});

	if (hasVariables)
		test(`${title}: passed on in variables and files, it comes back to the byte`, () => {
			for (const withFiles of [false, true]) {
				const {variables, files, unset} = handOn(provider, fields(data), withFiles);
				const environment = Object.fromEntries([
					...variables.map(({name, value}) => [name, value.reveal()]),
					...files.flatMap(({variables: names, key}) => names.map(name => [name, `/files/${key}`])),
				]);
				for (const name of unset) assert.equal(environment[name], undefined, `${name} is set and unset`);
				const found = new Map(findInEnvironment(provider, environment).map(({field, value}) => [field.key, value]));
				for (const {field, path} of filesInEnvironment(provider, environment)) {
					const file = files.find(each => path === `/files/${each.key}`);
					assert.ok(file, path);
					found.set(field.key, file.value);
				}
				assert.deepEqual(clear(completeData(provider, found)), inOrder(provider, data));
			}
		});

	test(`${title}: from a file of its fields, in every spelling, it is kept to the byte`, async () => {
		const spellings = Object.keys(data).flatMap(key =>
			fieldOf(provider, key).aliases.map(alias => [key, alias] as const),
		);
		for (const [key, alias] of [['', ''] as const, ...spellings]) {
			const named = Object.entries(data).map(([each, value]) => [each === key ? alias : each, value]);
			const files = {'-': JSON.stringify(Object.fromEntries(named))};
			const run = await runCommandLine(['create', 'cred', 'kept', '-p', provider.id, '-f', '-'], {files});
			assert.equal(run.code, 0, `${alias}: ${run.stderr}`);
			assert.deepEqual(clear((await run.content())?.credentials[0]?.data), inOrder(provider, data), alias);
		}
	});

	test(`${title}: written as a manifest, it reads back to the byte`, () => {
		const credential = storedCredential('kept', {
			name: parseName('kept'),
			provider: provider.id,
			data: completeData(provider, fields(data)),
		});
		for (const text of [renderYaml(credential), renderJson(credential)]) {
			const back = readManifest(text);
			assert.equal(back.provider, provider.id);
			assert.deepEqual(clear(back.data), inOrder(provider, data));
		}
		const redacted = renderYaml(credential, isSecretField);
		for (const value of secretsOf(provider, data)) assert.ok(!redacted.includes(value));
	});
}

function inOrder(provider: Provider, data: Readonly<Record<string, string>>): [string, string][] {
	return clear(completeData(provider, new Map(Object.entries(data).map(([key, value]) => [key, new Secret(value)]))));
}

function secretsOf(provider: Provider, data: Readonly<Record<string, string>>): readonly string[] {
	return Object.entries(data)
		.filter(([key]) => fieldOf(provider, key).secret)
		.map(([, value]) => value);
}
