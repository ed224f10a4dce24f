import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isLoopback, isOwnHost} from '../../source/network/hosts.js';

const own = (provider: string, address: string): boolean => isOwnHost(provider, new URL(address));

test('each provider is asked at its own hosts alone, by https at the usual port', () => {
	for (const [provider, address] of [
		['aws', 'https://sts.eu-west-1.amazonaws.com/'],
		['azureStorage', 'https://mine.blob.core.windows.net/?comp=list'],
		['exoscale', 'https://api-ch-gva-2.exoscale.com/v2/zone'],
	] as const)
		assert.ok(own(provider, address), address);
	for (const [provider, address] of [
		['aws', 'http://sts.amazonaws.com/'],
		['aws', 'https://sts.amazonaws.com:8443/'],
		['aws', 'https://sts.amazonaws.com@evil.example/'],
		['aws', 'https://evil.example/sts.amazonaws.com'],
		['aws', 'https://sts.amazonaws.com.evil.example/'],
		['aws', 'https://sts.a.b.amazonaws.com/'],
		['aws', 'https://sts-amazonaws.com/'],
		['aws', 'https://stsxamazonaws.com/'],
		['aws', 'https://api.linode.com/'],
		['azureStorage', 'https://blob.core.windows.net/'],
		['exoscale', 'https://api-x.evil.exoscale.com/'],
		['generic', 'https://sts.amazonaws.com/'],
		['constructor', 'https://sts.amazonaws.com/'],
	] as const)
		assert.ok(!own(provider, address), address);
});

test('an address on this machine is told from one that looks like it', () => {
	for (const address of [
		'http://127.0.0.1:1',
		'http://localhost',
		'http://[::1]:80',
		'http://127.1.2.3',
		'http://2130706433',
	])
		assert.ok(isLoopback(new URL(address)), address);
	for (const address of [
		'http://127.0.0.1.evil.example',
		'http://localhost.evil.example',
		'http://10.0.0.1',
		'http://[::2]',
	])
		assert.ok(!isLoopback(new URL(address)), address);
});
