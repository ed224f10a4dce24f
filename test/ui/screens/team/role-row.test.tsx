import assert from 'node:assert/strict';
import {test} from 'node:test';
import {RoleRow} from '../../../../source/ui/screens/team/role-row.js';
import {frameOf} from '../../../helpers/frame.js';

const row = (onRole: boolean, columns = 40): string =>
	frameOf(<RoleRow form={{role: 'reader', onRole}} label="Role" labelWidth={6} says=": only reads" />, {
		columns,
		rows: 2,
	});

test('the row that has the keyboard shows that its role can be changed', () => {
	assert.match(row(true), /^❯ {2}Role {4}< reader >: only reads/);
	assert.match(row(false), /^Role {4}reader: only reads/);
});

test('in a narrow window the role is whole', () => {
	assert.match(row(true, 24), /< reader >/);
});
