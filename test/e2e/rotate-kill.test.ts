import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {awsCloud} from '../helpers/clouds/aws.js';
import {fieldsOf, killedAtRequest, momentsOf, storyOf} from '../helpers/killed-at-request.js';
import {size} from '../helpers/rounds.js';

const canShift = spawnSync('faketime', ['--version']).status === 0;
if (!canShift && process.env.CI) throw new Error('faketime is needed');
const skip = canShift ? false : 'SKIPPED: faketime is not here, so no time passes between the runs';

const programAt = (context: TestContext) => killedAtRequest(context, awsCloud, ({data}) => [['key', 'aws', data]]);

test('killed at any request of a rotation, the program goes on, and neither loses a key nor leaves one', {
	skip,
}, async context => {
	const whole = await programAt(context);
	assert.equal((await whole.run(['rotate', 'key', '--now', '--yes'])).code, 0);
	const count = whole.requests();
	assert.ok(count > 8);
	const step = size(5, 1);
	for (const moment of momentsOf(count).filter((_, at) => at % step === 0 || at === 3)) {
		const {cloud, run, content} = await programAt(context);
		const story = storyOf(moment);
		const first = await run(['rotate', 'key', '--now', '--yes'], {at: moment});
		assert.equal(first.code, 128, story);
		assert.equal(cloud.opens(fieldsOf(await content(), 'key')), true, `${story}: what the vault has works`);
		const orphans = cloud.keys().flatMap(({id}) => ['--remove-orphan', id]);
		const resumed = await run(['rotate', 'key', '--resume', '--now', '--yes', ...orphans], {after: 20});
		const began = resumed.code === 4 ? await run(['rotate', 'key', '--now', '--yes'], {after: 20}) : resumed;
		assert.equal(began.code, 0, `${story}: ${began.stderr}`);
		const fields = fieldsOf(await content(), 'key');
		assert.equal(cloud.opens(fields), true, story);
		assert.equal(cloud.keys().length, 1, `${story}: no key is left over`);
		assert.notDeepEqual(fields, cloud.data, story);
	}
});
