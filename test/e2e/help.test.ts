import assert from 'node:assert/strict';
import {test} from 'node:test';
import {helpText} from '../../source/commands/help-page.js';
import {helpPages} from '../../source/commands/program.js';
import {runProgram, temporaryHome} from '../helpers/program.js';

test('the program answers for the help of every command, with what the rest of it writes', async context => {
	const home = temporaryHome(context);
	for (const [verb, page] of helpPages()) {
		const args = [...verb.split(' ').filter(Boolean), '--help'];
		assert.deepEqual(await runProgram({home, args}), {code: 0, stdout: helpText(page, 80), stderr: ''}, verb);
	}
	// A flag before the verb is for the parser of all lines.
	const args = ['--no-color', 'get', '--help'];
	const {stdout} = await runProgram({home, args});
	assert.equal(stdout, (await runProgram({home, args: args.slice(1)})).stdout);
});
