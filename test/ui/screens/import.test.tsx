import assert from 'node:assert/strict';
import {test} from 'node:test';
import {footerBindings} from '../../../source/app/keyboard/footer.js';
import type {FoundCredential, Look} from '../../../source/credentials/found.js';
import {Secret} from '../../../source/domain/secret.js';
import {providerOf} from '../../../source/providers/catalog.js';
import {ImportView} from '../../../source/ui/screens/import.js';
import {awsContent, storedCredential} from '../../helpers/credentials.js';
import {picture} from '../../helpers/frame.js';
import {failed, openedApp, played, smallest, type World} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const view = viewer(['import'], props => <ImportView {...props} />);

/** An AWS key that was found; its id and secret end with `tail`, which no other has. */
function found(tail: string, more: Partial<FoundCredential>): FoundCredential {
	const {data} = awsContent('x', {
		accessKeyID: `AKIAFOUND${tail}EXAMPLE`,
		secretAccessKey: `${tail}/NotARealSecret`.padEnd(40, '0'),
	});
	return {provider: providerOf('aws'), kind: 'aws', label: '', data, ...more};
}

const file = '/home/me/.aws/credentials';
const work = found('WORK', {path: file, label: 'work', mode: 0o644});
const held = found('HELD', {path: file, label: 'held', mode: 0o600});
const again = found('WORK', {variables: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']});
const look: Look = {
	found: [work, held, again],
	refused: [{where: '/home/me/.aws/config', label: 'sso', reason: 'uses single sign-on: there is no key to keep'}],
	damaged: [{path: '/home/me/.config/broken', problem: '`/home/me/.config/broken` is no JSON'}],
};
const nothing: Look = {found: [], refused: [], damaged: []};

/** The app that looks around, with one of the finds in its vault already. */
const looking = (window: World = {}) =>
	played(openedApp({rows: 15, credentials: [storedCredential('mine', {data: held.data})], ...window}), 'i');

/** The app that has looked around. */
const looked = (window: World = {}, result = look) => played(looking(window), {type: 'looked', look: result});

test('a spinner shows that the app looks around', () => {
	assert.equal(
		view(looking({rows: 7})),
		picture`
			╭─ On this machine ────────────────────────────────────────────────────────────╮
			│ ⠋ Looking around                                                             │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('new finds are ticked, known ones are not, and the rest is marked as not importable or left out', () => {
	assert.equal(
		view(looked()),
		picture`
			╭─ On this machine 5 · 1 to keep ──────────────────────────────────────────────╮
			│       name                    provider id               state                │
			│ ❯ [x] aws-work                aws      AKIAFOUN…EXAMPLE new                  │
			│   [ ] mine                    aws      AKIAFOUN…EXAMPLE in the vault         │
			│   [ ] aws                     aws      AKIAFOUN…EXAMPLE the same as aws-work │
			│       sso                                               can't be imported    │
			│       /home/me/.config/broken                           left out             │
			│                                                                              │
			│                                                                              │
			│ From /home/me/.aws/credentials [work]. In plaintext, mode 0644: others can   │
			│ read it. \`chmod 600 /home/me/.aws/credentials\` closes it.                    │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('a find with a secret of another one is ticked, and says so', () => {
	const here = {...found('WORK', {path: file, label: 'north', mode: 0o600})};
	const there = {...here, label: 'south', data: new Map([...here.data, ['region', new Secret('eu-south-1')]])};
	const app = looked({columns: 120}, {...nothing, found: [here, there]});
	assert.match(view(app), /\[x\] aws-south .* new, same secret /);
	assert.match(view(played(app, 'down')), /mode 0600\. It has the same secret as aws-north\. +│/);
});

test('a file that others can read has the line below it that closes it', () => {
	const below = (path: string): string =>
		view(looked({columns: 120}, {...nothing, found: [found('OPEN', {path, mode: 0o644})]}));
	assert.match(below('/p/.env'), /0644: others can read it\. `chmod 600 \/p\/\.env` closes it\./);
	assert.match(below("/p/it's $(x)"), /`chmod 600 '\/p\/it'\\''s \$\(x\)'` closes it\./);
	assert.match(below('-rf'), /`chmod 600 \.\/-rf` closes it\./);
	assert.match(below('/p/\u001b[31m'), /`chmod 600` closes it\./);
});

test('a file that a secret was read from is named when others can read it', () => {
	const key = {path: '/o/key.pem', mode: 0o644};
	const one = {...found('OPEN', {path: '/o/config', mode: 0o600}), alsoIn: [key]};
	assert.match(
		view(looked({columns: 160}, {...nothing, found: [one]})),
		/mode 0600\. Others can read \/o\/key\.pem, mode 0644\. `chmod 600 \/o\/key\.pem` closes it\./,
	);
});

test('where the vault has all of it, that is said, and nothing to keep is offered', () => {
	const app = looked({}, {...nothing, found: [held]});
	assert.match(view(app), /On this machine 1 · nothing new: the vault has all of it/);
	assert.match(view(looked({}, {...look, found: [held]})), /On this machine 3 · nothing new that can be kept/);
	const titles = footerBindings(app).map(({title}) => title);
	assert.ok(titles.includes('look elsewhere'), titles.join());
	for (const title of ['keep them', 'tick all']) assert.ok(!titles.includes(title), title);
});

test('variables of no known provider are a line to tick', () => {
	const data = new Map([['DATABASE_URL', new Secret('postgres://me:pass@db/x')]]);
	const offer = {
		provider: providerOf('generic'),
		kind: 'dotenv',
		label: 'DATABASE_URL',
		path: '/p/.env',
		data,
	} as const;
	const refused = [
		{where: '/p/.env', label: 'DATABASE_URL', reason: 'belongs', offer: {...offer, offered: true}} as const,
	];
	const app = looked({columns: 120}, {found: [work], refused, damaged: []});
	assert.match(view(app), /On this machine 2 · 1 to keep/);
	assert.match(view(app), /\[ \] generic-DATABASE_URL +generic .* no known provider/);
	assert.match(view(played(app, 'down')), /It belongs to no known provider: tick it to keep it as a generic/);
	const all = view(played(app, 'a', 'a'));
	assert.match(all, /\[ \] generic-DATABASE_URL/, '`a` leaves it to who looks at it');
	assert.match(all, /\[x\] /);
	assert.match(view(played(app, 'down', ' ')), /On this machine 2 · 2 to keep/);
});

test('the selected find is described below the list', () => {
	const below = (...keys: readonly string[]): string => view(played(looked({columns: 120}), ...keys));
	assert.match(
		below('down'),
		/│ From \/home\/me\/\.aws\/credentials \[held\]\. In plaintext, mode 0600\. Nothing to keep: it is in the vault\. +│/,
	);
	assert.match(
		below('down', 'down'),
		/│ From AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY\. Nothing to keep: it is the same as aws-work\. +│/,
	);
	assert.match(
		below('end', 'up'),
		/│ sso in \/home\/me\/\.aws\/config uses single sign-on: there is no key to keep\. +│/,
	);
	assert.match(below('end'), /│ Left out: `\/home\/me\/\.config\/broken` is no JSON\. +│/);
});

test('what looks odd about a find is said below the list', () => {
	const data = new Map([...work.data, ['accessKeyID', new Secret('AKIASHORT')]]);
	const frame = view(looked({columns: 140}, {...nothing, found: [{...work, data, mode: 0o600}]}));
	assert.match(
		frame,
		/mode 0600\. It looks odd: Access key ID: AWS access key ids have 20 characters, this +│\n│ has 9\. +│/,
	);
});

test('what only some tools take of a find is said below the list', () => {
	const find = found('WORK', {
		path: file,
		label: 'work',
		mode: 0o600,
		remark: 'line 2: only the aws command takes a `:`',
	});
	const frame = view(looked({columns: 120}, {...nothing, found: [find]}));
	assert.match(frame, /In plaintext, mode 0600\. Line 2: only the aws command takes a `:`\. +│/);
});

test('space unticks a find, and the title counts the remaining ones', () => {
	const frame = view(played(looked(), ' '));
	assert.match(frame, /^╭─ On this machine 5 ─/);
	assert.match(frame, /│ {3}\[ \] aws-work /);
	assert.match(frame, /│ ❯ \[ \] mine /);
});

test('a wide window shows the source of each find', () => {
	const frame = view(looked({columns: 130}));
	assert.match(frame, /│ {7}name +provider +id +state +where +│/);
	assert.match(frame, / new +\/home\/me\/\.aws\/credentials \[work\] +│/);
});

test('R asks for another name below the list', () => {
	const asked = played(looked(), 'R');
	assert.match(view(asked), /│ What should aws-work be called\? +│\n│ ❯ aws-work +│/);
	assert.match(
		view(played(asked, 'ctrl+u', 'mine', 'enter')),
		/│ ❯ mine +│\n│ ✖ mine is taken; choose another name +│/,
	);
	assert.match(view(played(asked, 'ctrl+u', 'a b', 'enter')), /│ ✖ a name /);
	assert.match(view(played(asked, 'ctrl+u', 'laptop', 'enter')), /│ ❯ \[x\] laptop /);
});

test('o asks for another file or directory below the list', () => {
	const asked = played(looked(), 'o');
	assert.match(view(asked), /│ Which file or directory\? +│\n│ ❯ +│/);
	assert.match(view(played(asked, 'enter')), /│ ✖ type the path of a file or a directory +│/);
	const none = failed('look', 'file', '`/none` does not exist', 'check the path');
	assert.match(
		view(played(asked, '/none', 'enter', none)),
		/│ ❯ \/none +│\n│ ✖ `\/none` does not exist; check the path +│/,
	);
});

test('an empty result names the searched places and the keys to go on', () => {
	assert.equal(
		view(looked({rows: 9}, nothing)),
		picture`
			╭─ On this machine 0 ──────────────────────────────────────────────────────────╮
			│ Nothing was found in the environment or in the files of known tools. o looks │
			│ in another file or directory, n in the list makes a new one.                 │
			│                                                                              │
			│                                                                              │
			╰──────────────────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('a path without finds is named', () => {
	const frame = view(played(looked({}, nothing), 'o', '/a/b', 'enter', {type: 'looked', look: nothing}));
	assert.match(frame, /│ Nothing was found in \/a\/b\. o looks in another /);
});

test('the question for a path hides the message of an empty result', () => {
	const frame = view(played(looked({}, nothing), 'o', '/a'));
	assert.match(frame, /│ Which file or directory\? +│\n│ ❯ \/a +│/);
	assert.doesNotMatch(frame, /Nothing was found/);
});

test('a failed look shows its reason', () => {
	const refused = failed('look', 'usage', 'this is the demo: it does not look at your files');
	assert.match(view(played(looking(), refused)), /^[^\n]+\n│ ✖ this is the demo: it does not look at your files +│/);
});

/** Four letters that no other index has: ids of AWS hold no 0 and no 1. */
const tailOf = (index: number): string => `KE${'ABCDEFGH'[index >> 3]}${'ABCDEFGH'[index & 7]}`;

test('finds that do not fit are counted, and the cursor stays visible', () => {
	const many: Look = {
		...nothing,
		found: Array.from({length: 40}, (_, index) => found(tailOf(index), {path: file, label: `p${index}`})),
	};
	assert.match(view(looked({}, many)), /^╭─ On this machine 40 · 40 to keep · ↓ 33 more ─/);
	const end = view(played(looked({}, many), 'end'));
	assert.match(end, /^╭─ On this machine 40 · 40 to keep ─+╮\n/);
	assert.match(end, /│ ❯ \[x\] aws-p39 /);
});

test('the smallest window shows three finds, and as much of the description as fits', () => {
	assert.equal(
		view(looked(smallest)),
		picture`
			╭─ On this machine 5 · 1 to keep · ↓… ─╮
			│       name       state               │
			│ ❯ [x] aws-work   new                 │
			│   [ ] mine       in the vault        │
			│   [ ] aws        the same as aws-wo… │
			│ From /home/me/.aws/credentials       │
			╰──────────────────────────────────────╯
		`,
	);
});

test('the smallest window shows a question, its answer and its problem', () => {
	assert.equal(
		view(played(looked(smallest), 'R', 'ctrl+u', 'mine', 'enter')),
		picture`
			╭─ On this machine 5 · 1 to keep · ↓… ─╮
			│       name       state               │
			│ ❯ [x] aws-work   new                 │
			│ What should aws-work be called?      │
			│ ❯ mine                               │
			│ ✖ mine is taken; choose another name │
			╰──────────────────────────────────────╯
		`,
	);
});

test('the name of a find is whole while its state says no more than that it is new or known', () => {
	const long = found('LONG', {path: file, label: 'digitalocean-staging-eu-central', mode: 0o600});
	assert.match(
		view(looked({}, {...nothing, found: [long, held]})),
		/\[x\] aws-digitalocean-staging-eu-central aws +AKIAFO…AMPLE new +│/,
	);
	assert.match(
		view(looked({columns: 100}, {...nothing, found: [long, held]})),
		/ aws-digitalocean-staging-eu-central +aws /,
	);
});

test('no secret of a find is shown, and unsafe characters from files are escaped', () => {
	const hostile = found('EVIL', {path: '/home/me/\u001b[2J', label: 'a\u202eb'});
	const frame = view(looked({columns: 140}, {...look, found: [work, hostile]}));
	assert.doesNotMatch(frame, /NotARealSecret/);
	assert.match(frame, /\/home\/me\/\\u001b\[2J \[a\\u202eb\]/);
});

test('an id is as long as there is room, a path comes once ids are whole, and every row ends at the border', () => {
	const lone = looked({columns: 90}, {...nothing, found: [work]});
	assert.match(view(lone), /│ ❯ \[x\] aws-work aws +AKIAFOUNDWORKEXAMPLE new +\/home\/me\/\.aws\/cred\S+ /);
	for (let columns = 40; columns <= 160; columns += 3) {
		const frame = view(looked({columns}, {...nothing, found: [work, held]}));
		assert.ok(
			frame.split('\n').every(row => [...row].length === columns),
			frame,
		);
		assert.doesNotMatch(frame, /…[^│]* … │/);
	}
});
