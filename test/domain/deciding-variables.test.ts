import assert from 'node:assert/strict';
import {test} from 'node:test';
import {refusedFromOthers} from '../../source/domain/deciding-variables.js';

test('what decides which programs run, what they load and whom they trust is refused, in any case', () => {
	const names = [
		...[
			'PATH',
			'LD_PRELOAD',
			'LD_LIBRARY_PATH',
			'DYLD_INSERT_LIBRARIES',
			'NODE_OPTIONS',
			'NODE_PATH',
			'BASH_ENV',
			'ENV',
		],
		...['IFS', 'PYTHONPATH', 'PYTHONSTARTUP', 'GIT_SSH_COMMAND', 'GIT_CONFIG_COUNT', 'PROMPT_COMMAND', 'SHELLOPTS'],
		...[
			'PERL5OPT',
			'PERL5LIB',
			'PERLLIB',
			'PERL5DB',
			'RUBYOPT',
			'RUBYLIB',
			'BASHOPTS',
			'PS1',
			'PS4',
			'ZDOTDIR',
			'CDPATH',
		],
		...['JAVA_TOOL_OPTIONS', '_JAVA_OPTIONS', 'JDK_JAVA_OPTIONS', 'MAVEN_OPTS', 'CLASSPATH', 'GLOBIGNORE', 'FPATH'],
		...['EDITOR', 'VISUAL', 'PAGER', 'BROWSER', 'MANPAGER', 'GIT_PAGER', 'AWS_PAGER', 'LESSOPEN', 'LESSCLOSE'],
		...['KUBE_EDITOR', 'npm_config_script_shell', 'NPM_CONFIG_REGISTRY', 'SSH_ASKPASS', 'SUDO_ASKPASS', 'SUDO_USER'],
		...['HOME', 'SHELL', 'TMPDIR', 'TMP', 'XDG_CONFIG_HOME', 'BASH_FUNC_x', 'PHARMER_VAULT', 'PHARMER_PASSPHRASE'],
		...['GCONV_PATH', 'LOCPATH', 'HTTPS_PROXY', 'http_proxy', 'NO_PROXY', 'SSL_CERT_FILE', 'AWS_CA_BUNDLE'],
		...['NODE_EXTRA_CA_CERTS', 'NODE_TLS_REJECT_UNAUTHORIZED', 'CURL_CA_BUNDLE', 'OPENSSL_CONF', 'KUBECONFIG'],
		...['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'CLOUDSDK_PYTHON', 'DOCKER_CONFIG', 'TF_CLI_ARGS_apply'],
		...[
			'TF_CLI_CONFIG_FILE',
			'TAR_OPTIONS',
			'RSYNC_RSH',
			'HGRCPATH',
			'PSQLRC',
			'JAVA_HOME',
			'GOPATH',
			'AWKPATH',
			'ANSIBLE_LIBRARY',
			'MAKEFLAGS',
			'RUSTC_WRAPPER',
			'GOFLAGS',
			'DOTNET_STARTUP_HOOKS',
		],
		...['ComSpec', 'PATHEXT', 'PSModulePath', 'APPDATA', 'USERPROFILE', 'TERMINFO', 'HOSTALIASES', 'Path'],
	];
	for (const name of names) {
		for (const each of [name, name.toLowerCase(), name.toUpperCase()])
			assert.match(refusedFromOthers(each) ?? '', /^(?:decides|names|is) /, each);
	}
});

test('what programs are told by is not', () => {
	const names = [
		...[
			'NODE_ENV',
			'LOG_LEVEL',
			'DEBUG',
			'PORT',
			'DATABASE_URL',
			'AWS_REGION',
			'AWS_PROFILE',
			'RUST_LOG',
			'RUST_BACKTRACE',
		],
		...['DOTNET_ENVIRONMENT', 'ASPNETCORE_URLS', 'TF_VAR_region', 'TF_WORKSPACE', 'LANG', 'LC_ALL', 'TZ', 'TERM', 'CI'],
		...['GOOGLE_CLOUD_PROJECT', 'DJANGO_SETTINGS_MODULE', 'RAILS_ENV', 'MY_PATH', 'HOMEPAGE', 'ENVIRONMENT', 'APP_ENV'],
		...['API_TOKEN', 'OS_AUTH_URL', 'PGHOST', 'REDIS_URL', 'COLOR', 'NO_COLOR', 'PROJECT', 'VERBOSE', 'USER_AGENT'],
	];
	for (const name of names) assert.equal(refusedFromOthers(name), undefined, name);
});
