import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Unreachable} from '../../source/domain/exchange.js';
import {proxyFor} from '../../source/network/proxy.js';

const sts = new URL('https://sts.amazonaws.com/');
const where = (environment: Record<string, string>, url = sts): string | undefined => {
	const proxy = proxyFor(url, environment);
	return proxy && `${proxy.isSecure ? 'https' : 'http'}://${proxy.host}:${proxy.port}`;
};

test('the proxy is the one that other tools take', () => {
	assert.equal(where({}), undefined);
	assert.equal(where({HTTPS_PROXY: ''}), undefined);
	assert.equal(where({HTTPS_PROXY: 'http://proxy.example:3128'}), 'http://proxy.example:3128');
	assert.equal(where({HTTPS_PROXY: 'proxy.example:3128'}), 'http://proxy.example:3128');
	assert.equal(where({HTTPS_PROXY: 'https://proxy.example'}), 'https://proxy.example:443');
	assert.equal(where({HTTPS_PROXY: 'http://[::1]:3128/'}), 'http://::1:3128');
	assert.equal(where({HTTPS_PROXY: 'http://a', https_proxy: 'http://b'}), 'http://b:80', 'lower case wins');
	assert.equal(where({ALL_PROXY: 'http://a'}), 'http://a:80');
	assert.equal(where({ALL_PROXY: 'http://a', HTTPS_PROXY: 'http://b'}), 'http://b:80');
	assert.equal(where({HTTP_PROXY: 'http://a'}), undefined, 'it is for plain http');
});

test('NO_PROXY excepts hosts, their subdomains, and single ports', () => {
	const by = (list: string, url = sts): boolean => where({HTTPS_PROXY: 'http://p', NO_PROXY: list}, url) === undefined;
	for (const list of [
		'*',
		'amazonaws.com',
		'.amazonaws.com',
		'*.amazonaws.com',
		'x, STS.amazonaws.COM',
		'a amazonaws.com:443',
	])
		assert.ok(by(list), list);
	for (const list of ['', ',', 'azonaws.com', 'amazonaws.com:8443', 'sts.amazonaws.com.evil', 'x.sts.amazonaws.com'])
		assert.ok(!by(list), list);
	assert.ok(by('localhost:8443', new URL('https://localhost:8443')));
	assert.ok(by('::1', new URL('https://[::1]:8443')) && by('[::1]:8443', new URL('https://[::1]:8443')));
	assert.equal(where({HTTPS_PROXY: 'http://p', NO_PROXY: 'x', no_proxy: 'sts.amazonaws.com'}), undefined);
});

test('the name and password of a proxy are decoded, and never repeated', () => {
	const {authorization} = proxyFor(sts, {HTTPS_PROXY: 'http://me%40work:p%3Ass%25@proxy.example'}) ?? {};
	assert.equal(authorization, `Basic ${Buffer.from('me@work:p:ss%').toString('base64')}`);
	for (const address of [
		'http://me:hush@',
		'socks5://me:hush@proxy.example',
		'http://me:hush@[bad',
		'http://me:12/hush@proxy.example:1',
		'hush://x',
	])
		assert.throws(
			() => proxyFor(sts, {HTTPS_PROXY: address}),
			(error: unknown) => error instanceof Unreachable && !error.message.includes('hush'),
			address,
		);
});
