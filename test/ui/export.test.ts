import assert from 'node:assert/strict';
import {before, test} from 'node:test';
import {exportFormats} from '../../source/domain/export-format.js';
import {Secret} from '../../source/domain/secret.js';
import {renderExport} from '../../source/tasks/export-credentials.js';
import {secretKey, storedCredential} from '../helpers/credentials.js';
import {openApp} from '../helpers/opened.js';

// What writes a format is loaded when it is first needed.
before(async () => {
	for (const format of exportFormats) await renderExport(format, []);
});

test('an export is in the format that the dialog shows, and names it', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press('x', 'k.env', 'enter');
	assert.match(terminal.exported().get('k.env') ?? '', /^# prod \(aws\)\nAWS_ACCESS_KEY_ID=/);
	assert.match(terminal.screen(), /One credential as dotenv, secrets in clear, in k\.env/);
	await terminal.press('x', 'down', 'down', 'down', 'down', 'enter');
	assert.match(terminal.exported().get('/home/me/credentials.csv') ?? '', /^name,provider,field,value\r\n/);
	assert.ok(!terminal.written().includes(secretKey));
});

test('a format that cannot hold it is refused with the reason, and nothing is written', async context => {
	const odd = storedCredential('odd', {provider: 'generic', data: new Map([['formula', new Secret('=1+2')]])});
	const {terminal} = await openApp(context, [odd]);
	await terminal.press('x', 'k.csv', 'enter');
	assert.match(terminal.screen(), /✖ .*`formula`.*spreadsheet|✖ .*spreadsheet/);
	assert.equal(terminal.exported().size, 0);
	await terminal.press('ctrl+u', 'credentials', 'enter');
	assert.match(terminal.screen(), /✖ /);
	assert.equal(terminal.exported().size, 0);
	await terminal.press('ctrl+u', 'k.json', 'enter');
	assert.equal(terminal.exported().size, 1);
});
