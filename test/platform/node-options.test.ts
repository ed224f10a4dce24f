import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nodeHazard} from '../../source/platform/node-options.js';

const hazards: readonly (readonly [environment: Readonly<Record<string, string>>, what: RegExp, remedy: string])[] = [
	[{NODE_OPTIONS: '--inspect'}, /`--inspect`, which opens a debugger/, 'unset NODE_OPTIONS'],
	[{NODE_OPTIONS: '--inspect-brk=0'}, /`--inspect-brk`/, 'unset NODE_OPTIONS'],
	[{NODE_OPTIONS: '--inspect_wait=127.0.0.1:1'}, /`--inspect-wait`/, 'unset NODE_OPTIONS'],
	[{NODE_OPTIONS: '--max-old-space-size=100  -r ./x.cjs'}, /`-r`, which runs other code/, 'unset NODE_OPTIONS'],
	[{NODE_OPTIONS: '--require "/a b/x.cjs"'}, /`--require`/, 'unset NODE_OPTIONS'],
	[{NODE_OPTIONS: '"--require" x'}, /`--require`/, 'unset NODE_OPTIONS'],
	[{NODE_OPTIONS: '"--requir\\e" x'}, /`--require`/, 'unset NODE_OPTIONS'],
	[{NODE_OPTIONS: '--import=data:text/javascript,1'}, /`--import`/, 'unset NODE_OPTIONS'],
	[{NODE_OPTIONS: '--loader x'}, /`--loader`/, 'unset NODE_OPTIONS'],
	[{NODE_OPTIONS: '--experimental_loader x'}, /`--experimental-loader`/, 'unset NODE_OPTIONS'],
	[{NODE_OPTIONS: '--experimental-default-config-file'}, /config-file/, 'unset NODE_OPTIONS'],
	[{NODE_OPTIONS: '--cpu-prof --cpu-prof-dir=/tmp'}, /`--cpu-prof`, which writes/, 'unset NODE_OPTIONS'],
	[{NODE_OPTIONS: '--heap-prof'}, /`--heap-prof`/, 'unset NODE_OPTIONS'],
	[{NODE_OPTIONS: '--heapsnapshot-signal=SIGUSR2'}, /`--heapsnapshot-signal`/, 'unset NODE_OPTIONS'],
	[{NODE_OPTIONS: '--heapsnapshot-near-heap-limit=1'}, /`--heapsnapshot-near-heap-limit`/, 'unset NODE_OPTIONS'],
	[{NODE_OPTIONS: '--report-on-signal'}, /`--report-on-signal`, which writes/, 'unset NODE_OPTIONS'],
	[{NODE_OPTIONS: '--report_uncaught_exception'}, /`--report-uncaught-exception`/, 'unset NODE_OPTIONS'],
	[{NODE_V8_COVERAGE: '/tmp/c'}, /NODE_V8_COVERAGE/, 'unset NODE_V8_COVERAGE'],
	[{NODE_DEBUG: 'child_process'}, /NODE_DEBUG names `child_process`/, 'unset NODE_DEBUG'],
	[{NODE_DEBUG: 'net,stream'}, /`stream`, which prints what is read/, 'unset NODE_DEBUG'],
	[{NODE_DEBUG: 'fs,CHILD_PROCESS'}, /child_process/, 'unset NODE_DEBUG'],
	[{NODE_DEBUG: '*'}, /child_process/, 'unset NODE_DEBUG'],
	[{NODE_DEBUG: 'fs,child*'}, /child_process/, 'unset NODE_DEBUG'],
	[{NODE_DEBUG: '*_process'}, /child_process/, 'unset NODE_DEBUG'],
];

test('options that would open the process to others are named, with what to unset', () => {
	for (const [environment, what, remedy] of hazards) {
		const hazard = nodeHazard(environment, []);
		assert.match(hazard?.what ?? '', what, JSON.stringify(environment));
		assert.equal(hazard?.remedy, remedy);
	}
	const started = nodeHazard({}, ['--prof', '--inspect']);
	assert.match(started?.what ?? '', /Node\.js was started with `--prof`/);
	assert.equal(started?.remedy, 'start it without `--prof`');
	assert.match(nodeHazard({}, ['--trace-opt', '--logfile=v8.log'])?.what ?? '', /`--logfile`, which writes/);
	assert.match(nodeHazard({}, ['--log_all'])?.what ?? '', /`--log-all`/);
});

test('other options are left alone: they come from IDEs and companies', () => {
	for (const environment of [
		{},
		{NODE_OPTIONS: ''},
		{NODE_OPTIONS: '--max-old-space-size=4096 --use-openssl-ca --dns-result-order=ipv4first --no-warnings'},
		{NODE_OPTIONS: '--inspect-port=0 --inspect-publish-uid=http --no-inspect'},
		{NODE_OPTIONS: '--conditions=require --trace-warnings --enable-source-maps'},
		{NODE_OPTIONS: '--title="--inspect "'},
		{NODE_DEBUG: 'fs,net,http*,*tls,child_process2,_child_process'},
		{NODE_V8_COVERAGE: ''},
		{NODE_EXTRA_CA_CERTS: '/etc/ca.pem', NODE_PATH: '/x'},
	]) {
		assert.equal(nodeHazard(environment, ['--no-warnings']), undefined, JSON.stringify(environment));
	}
});
