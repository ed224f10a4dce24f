import {line, ownTime, rowsOf, unlockedLine} from './commands.js';
import type {Row} from './row.js';
import * as screen from './screen.js';
import * as vault from './vault.js';

const bare = 'node -e 0';
const old = 'the old program';
const cells = 'the cells that changed';
const atOnce = 'Shells and scripts call it all day: it should be felt as little as Node.js alone.';
const allDay = 'AWS tools and scripts start it for each call: a socket and a parse are all that it needs.';
const aKey = 'A held key repeats thirty times a second, on slow machines too.';
const farAway = 'Over a slow line every byte is waited for.';

/** Every budget. A goal is a ratio to the baseline in the same run, since times alone tell of the machine. */
export const budgets: readonly Row[] = [
	{title: '--version', baseline: bare, goal: 1.25, reason: atOnce, measure: line('--version')},
	{title: '--help', baseline: bare, goal: 1.25, reason: atOnce, measure: line('--help')},
	{title: 'get --help', baseline: bare, goal: 1.25, reason: atOnce, measure: line('get', '--help')},
	{
		title: 'completion of a flag',
		baseline: bare,
		goal: 1.25,
		reason: 'It runs while a finger is on the tab key.',
		measure: line('complete', 'bash', '1', 'get', '--out'),
	},
	{
		title: 'completion of a name, of 1,000',
		baseline: bare,
		goal: 1.75,
		reason: 'The same, with a question to the agent.',
		measure: unlockedLine(1000, ['complete', 'bash', '1', 'get', 'NAME']),
	},
	{
		title: 'get NAME -o json, unlocked',
		baseline: bare,
		goal: 1.5,
		reason: allDay,
		measure: unlockedLine(10, ['get', 'NAME', '-o', 'json']),
	},
	{
		title: 'credential-process, unlocked',
		baseline: bare,
		goal: 1.5,
		reason: allDay,
		measure: unlockedLine(10, ['aws', 'credential-process', 'NAME']),
	},
	{
		title: 'exec NAME -- true, unlocked',
		baseline: 'node -e "spawnSync(\'true\')"',
		goal: 1.4,
		reason: 'It stands before other commands for good only where nobody notices.',
		measure: unlockedLine(
			10,
			['exec', 'NAME', '--', 'true'],
			['-e', "require('node:child_process').spawnSync('true')"],
		),
	},
	{
		title: 'a read without an agent, own time',
		baseline: bare,
		goal: 1.7,
		reason: 'Beside Node.js and the derivation of the key; one file of the command line was seen at that.',
		measure: ownTime,
	},
	{
		title: 'first frame',
		baseline: 'one line of Ink',
		goal: 1.25,
		reason: 'The app is opened for a glance; Ink and React are the floor.',
		measure: screen.firstFrame,
	},
	{title: 'CPU a key: down, of 10,000', baseline: old, goal: 0.5, reason: aKey, measure: screen.costOfDown},
	{title: 'CPU a key: scroll, of 10,000', baseline: old, goal: 0.5, reason: aKey, measure: screen.costOfScroll},
	{title: 'CPU a key: filter, of 10,000', baseline: old, goal: 0.5, reason: aKey, measure: screen.costOfFilter},
	{title: 'bytes a key: down', baseline: cells, goal: 1.3, reason: farAway, measure: screen.bytesOfDown},
	{title: 'bytes a key: scroll', baseline: cells, goal: 1.3, reason: farAway, measure: screen.bytesOfScroll},
	{title: 'bytes a key: filter', baseline: cells, goal: 1.3, reason: farAway, measure: screen.bytesOfFilter},
	{
		title: 'one write, of 10,000',
		baseline: 'a file, written and synced',
		goal: 20,
		reason: 'Encryption and two whole writes remain: parsing once is enough.',
		measure: vault.write,
	},
	{
		title: 'enter to list, of 100,000',
		baseline: old,
		goal: 0.6,
		reason: 'Without the derivation; whoever has that many waits for them each time.',
		measure: screen.opening,
	},
	{
		title: 'memory of the list, of 100,000',
		baseline: old,
		goal: 0.6,
		reason: 'What is held in memory is held in clear.',
		measure: screen.memory,
	},
	{
		title: 'a table of 10,000',
		baseline: old,
		goal: 0.3,
		reason: 'Most cells are plain letters, which need no search for graphemes.',
		measure: rowsOf('-o', 'table'),
	},
	{
		title: 'a read beside a full history',
		baseline: 'the same without a history',
		goal: 1.15,
		reason: 'What is not asked for is not parsed.',
		measure: vault.fullHistory,
	},
];
