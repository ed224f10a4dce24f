import assert from 'node:assert/strict';
import {test} from 'node:test';
import {footerBindings} from '../../../source/app/keyboard/footer.js';
import {VerifyView} from '../../../source/ui/screens/verify.js';
import {picture} from '../../helpers/frame.js';
import {later, on, openedApp, played, type World} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const view = viewer(['verify'], props => <VerifyView {...props} />);

/** The question about the credentials that V was pressed on. */
function asked(state: ReturnType<typeof openedApp>, host = 'login.cloud.example.net') {
	const asking = played(state, 'V');
	const ids = [...(asking.asking?.ids ?? [])];
	const origin = `https://${host}`;
	const consents = ids.map(id => ({id, origin, sends: 'the password'}));
	const place = {origin, host, from: ['authURL'], consents};
	return played(asking, {type: 'verify-planned', ids, places: [place]});
}

test('the question names the credential, the host, the field it comes from, and what would be sent', () => {
	assert.equal(
		view(asked(on('prod', {rows: 15}))),
		picture`
			╭─ Ask login.cloud.example.net? ───────────────────────────────────────────────╮
			│ This credential names an address that is not known as the provider's, in     │
			│ authURL:                                                                     │
			│   login.cloud.example.net                                                    │
			│                                                                              │
			│ What would be sent there: the password.                                      │
			│ Whoever runs this host could keep what is sent: say yes only if you know it. │
			│ Yes is remembered, no leaves it out.                                         │
			│                                                                              │
			│   prod                                                                       │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('many names are scrolled, and what is in a host can not change the screen', () => {
	const world: World = {columns: 40, rows: 12};
	const small = asked(played(openedApp(world), 'a'), 'a\u001b[2J\u202e.example');
	assert.match(view(small), /^╭─ Ask a\\u001b\[2J\\u202e\.example\? · ↓/);
	assert.match(view(played(small, ...Array.from({length: 60}, () => 'down'))), /webhook-signing/);
});

test('only y is yes, once it has been drawn', () => {
	const question = asked(on('prod'));
	assert.equal(played(question, 'y').screen.kind, 'verify', 'it has not been drawn');
	const drawn = played(question, {type: 'drawn'});
	assert.deepEqual(
		footerBindings(drawn).flatMap(({title}) => (['ask there', 'leave out'].includes(title) ? [title] : [])),
		['ask there', 'leave out'],
	);
	for (const key of ['n', 'esc', 'enter']) {
		const left = played(drawn, key);
		assert.deepEqual([left.screen.kind, left.asking], ['list', undefined], key);
	}
	assert.equal(played(drawn, 'y').screen.kind, 'verify', 'nobody has read it');
	assert.equal(played(later(drawn, 500), 'y').asking?.total, 1);
});
