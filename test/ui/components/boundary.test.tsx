import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Text} from 'ink';
import {Boundary} from '../../../source/ui/components/boundary.js';
import {openFrame} from '../../helpers/frame.js';

function Broken(): never {
	throw new Error('the message holds wJalrXUtnFEMI');
}

test('a boundary draws its children', () => {
	const frame = openFrame(
		<Boundary onError={() => assert.fail('there is no error')}>
			<Text>all is well</Text>
		</Boundary>,
	);
	assert.deepEqual(frame.lines(), ['all is well']);
	frame.close();
});

test('an error in a child is passed to onError and never drawn', () => {
	const errors: unknown[] = [];
	const boundary = (isBroken: boolean) => (
		<Boundary onError={error => errors.push(error)}>{isBroken ? <Broken /> : <Text>all is well</Text>}</Boundary>
	);
	const frame = openFrame(boundary(false));
	frame.show(boundary(true));
	assert.deepEqual(frame.lines(), ['']);
	frame.show(boundary(false));
	assert.deepEqual(frame.lines(), ['']);
	assert.equal(errors.length, 1);
	assert.match(String(errors[0]), /the message holds/);
	assert.doesNotMatch(frame.frames().join('\n'), /message|wJalr|Broken/);
	frame.close();
});
