import '../helpers/long.js';
import process from 'node:process';
import {test} from 'node:test';
import {systemGit} from '../../source/platform/git.js';
import {gitStore} from '../../source/stores/git.js';
import {bareRepository} from '../helpers/bare-repository.js';
import {prove, sleep} from '../helpers/writers.js';

test('20 writers lose nothing in a git repository', async context => {
	const repository = bareRepository(context);
	if (repository === undefined) return;
	const {remote, folder} = repository;
	const git = systemGit(process.env);
	await prove(context, index => gitStore({remote, branch: 'pharmer'}, git, `${folder}/cache-${index}`), sleep);
});
