import assert from 'node:assert/strict';
import {test} from 'node:test';
import {decidesPrograms, refusedFromOthers} from '../../source/domain/deciding-variables.js';

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
		...'fish_user_paths fish_function_path RPS1 RPROMPT SPROMPT MAIL MAILPATH MAILCHECK HISTFILE histchars FCEDIT STTY'.split(
			' ',
		),
		...'INPUTRC NULLCMD MODULE_PATH ZSH_CUSTOM ZLE_RPROMPT_INDENT POSIXLY_CORRECT TEXTDOMAINDIR STARSHIP_CONFIG'.split(
			' ',
		),
		...'GOCACHEPROG GOPROXY GOSUMDB GOVCS GOPACKAGESDRIVER CGO_CFLAGS CONFIG_SITE CONFIG_SHELL CFLAGS LDFLAGS'.split(
			' ',
		),
		...'EXTRA_CFLAGS CMAKE_TOOLCHAIN_FILE PKG_CONFIG PKG_CONFIG_PATH CC LD AR CPP FC CCACHE_PREFIX JAVACMD'.split(' '),
		...'MAVEN_ARGS ANT_ARGS AZURE_CONFIG_DIR AZURE_EXTENSION_DIR PACKER_PLUGIN_PATH PACKER_CONFIG TG_TF_PATH'.split(
			' ',
		),
		...'TERRAGRUNT_TFPATH TF_REATTACH_PROVIDERS PULUMI_HOME PULUMI_PYTHON_CMD BORG_PASSCOMMAND SSH_COMMAND X_CMD'.split(
			' ',
		),
		...'APP_EXEC RESTIC_PASSWORD_COMMAND PYTEST_ADDOPTS RIPGREP_CONFIG_PATH LIBMYSQL_PLUGINS ODBCINI ODBCSYSINI'.split(
			' ',
		),
		...'ODBCINSTINI COREPACK_NPM_REGISTRY ASDF_DATA_DIR MISE_CONFIG_FILE CONTAINERS_CONF PRISMA_QUERY_ENGINE_LIBRARY'.split(
			' ',
		),
		...'ESBUILD_BINARY_PATH PUPPETEER_EXECUTABLE_PATH AZURE_AUTHORITY_HOST CLOUDSDK_AUTH_TOKEN_HOST'.split(' '),
		...'CLOUDSDK_PROXY_ADDRESS CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE AWS_ENDPOINT_URL AWS_ENDPOINT_URL_STS'.split(' '),
		...'AWS_WEB_IDENTITY_TOKEN_FILE AWS_CONTAINER_CREDENTIALS_FULL_URI GOOGLE_APPLICATION_CREDENTIALS'.split(' '),
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
		...[
			'GOOGLE_CLOUD_PROJECT',
			'GO_ENV',
			'GOMAXPROCS',
			'GOOS',
			'FEATURE_FLAGS',
			'MAIL_HOST',
			'HISTORY_URL',
			'HISTOGRAM',
			'PULUMI_ACCESS_TOKEN',
		],
		...[
			'TG_BOT_TOKEN',
			'COMMAND_TIMEOUT',
			'BINARY',
			'AZURE_TENANT_ID',
			'CLOUDSDK_CORE_PROJECT',
			'CLOUDSDK_COMPUTE_ZONE',
		],
		...['AWS_DEFAULT_REGION', 'AWS_ROLE_ARN', 'PULUMI_CONFIG_PASSPHRASE', 'FISHING_LICENCE', 'ZSHARE', 'LDAP_URL'],
	];
	for (const name of names) assert.equal(refusedFromOthers(name), undefined, name);
});

test('what a shell obeys is kept from it even by a credential of your own, and similar fields are not', () => {
	for (const name of [
		'RPS1',
		'SPROMPT',
		'MAILPATH',
		'MAILCHECK',
		'FCEDIT',
		'ERRNO',
		'ZLE_RPROMPT_INDENT',
		'fish_trace',
	])
		assert.ok(decidesPrograms(name), name);
	for (const name of ['MAIL', 'MAIL_PASSWORD', 'FISH_API_KEY', 'GOPROXY', 'PULUMI_HOME', 'AWS_WEB_IDENTITY_TOKEN_FILE'])
		assert.ok(!decidesPrograms(name), name);
});
