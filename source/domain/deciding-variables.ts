/**
 * Variables that decide what a program or a shell loads or runs, after sudo's list of those that it takes away (env.c),
 * glibc's of those that it ignores in setuid programs (unsecvars.h), and the manuals of bash, zsh, Git, npm, kubectl.
 */
const always =
	/^(?:PATH|HOME|SHELL|IFS|ENV|BASH_.*|SHELLOPTS|BASHOPTS|PS\d|R?PROMPT.*|[CF]PATH|CDPATH|ZDOTDIR|VISUAL|BROWSER|.*(?:EDITOR|PAGER|ASKPASS|_PROXY)|LESS(?:OPEN|CLOSE)?|MAKEFLAGS|KUBECONFIG|GCONV_PATH|(?:GIT|NPM_CONFIG|LD|DYLD|RUSTC)_.*|NODE_(?:OPTIONS|PATH)|PYTHON.*|PERL5?(?:LIB|OPT|DB)|RUBY(?:LIB|OPT)|_?(?:JAVA|JDK).*OPTIONS)$/;

/** Whether a variable decides what programs run, whoever sets it. */
export function decidesPrograms(variable: string): boolean {
	return always.test(variable);
}

/**
 * What a file from somebody else must not set either, and why, as the end of a sentence about the variable. Names are
 * in capitals. What names a file counts where that file can name a program: it is in the work tree, and not trusted.
 */
const fromOthers: readonly (readonly [why: string, names: RegExp])[] = [
	['decides what programs run', always],
	['is an instruction to pharmer', /^PHARMER_/],
	[
		'decides where programs find their own files',
		/^(?:TMPDIR|TMP|TEMP|TMPPREFIX|XDG_.*|USERPROFILE|APPDATA|LOCALAPPDATA|HOMEDRIVE|HOMEPATH|PWD|OLDPWD)$/,
	],
	[
		'decides what a shell runs',
		/^(?:COMSPEC|PATHEXT|PSMODULEPATH|GLOBIGNORE|NULLCMD|READNULLCMD|MODULE_PATH|INPUTRC|SUDO_.*|LESSKEY.*|TERMCAP|TERMINFO.*|TERMPATH)$/,
	],
	[
		'decides what a linker or a library loads',
		/^(?:_?RLD.*|LDR_.*|LIBPATH|SHLIB_PATH|GLIBC_TUNABLES|MALLOC_TRACE|LOCPATH|NLSPATH|OPENSSL_.*|SSLKEYLOGFILE|KRB5_.*|GTK_.*MODULES|QT_.*PLUGIN_PATH)$/,
	],
	[
		'decides what an interpreter or a build loads',
		/^(?:PERL.*|RUBY(?:LIB|OPT|SHELL)|BUNDLE_.*|GEM_.*|PHPRC|PHP_INI_SCAN_DIR|LUA_.*|R_(?:PROFILE|ENVIRON|LIBS).*|GUILE_.*|AWK(?:LIB)?PATH|EMACSLOADPATH|CLASSPATH|J(?:AVA|RE|DK)_HOME|GRADLE_USER_HOME|.*_OPTS|NODE_(?:REPL_.*|V8_COVERAGE|COMPILE_CACHE|ICU_DATA|REDIRECT_WARNINGS)|ELECTRON_RUN_AS_NODE|DENO_DIR|DOTNET_(?:STARTUP_HOOKS|ADDITIONAL_DEPS|SHARED_STORE|ROOT.*|HOST_PATH|BUNDLE_.*)|CORECLR_.*|COR_.*|ERL_.*|GO(?:FLAGS|TOOLCHAIN|ENV|ROOT|PATH|BIN)|CARGO_.*|RUST(?:C|FLAGS|DOC|UP).*|MAKE.*|CC|CXX|VIMINIT|EXINIT|MYVIMRC)$/,
	],
	[
		'names a file or words that can name a program to run',
		/^(?:KUBERC|KUBECTL_.*|KUBE_CONFIG_.*|HELM_.*|DOCKER_CONFIG|AWS_(?:CONFIG|SHARED_CREDENTIALS)_FILE|BOTO_CONFIG|CLOUDSDK_(?:CONFIG|PYTHON.*)|GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES|TF_(?:CLI_.*|PLUGIN_.*|DATA_DIR)|TERRAFORM_CONFIG|ANSIBLE_.*|PIP_.*|UV_.*|YARN_.*|CURL_HOME|WGETRC|PSQLRC|MANOPT|TAR_OPTIONS|HG.*|SVN_SSH|(?:CVS|RSYNC)_RSH|GPG_AGENT_INFO|GNUPGHOME|SSH_.*)$/,
	],
	[
		'decides whom programs trust or send secrets to',
		/^(?:SSL_CERT_.*|.*_CA_(?:BUNDLE|CERTS?)|NODE_TLS_.*|DENO_CERT|HOSTALIASES|LOCALDOMAIN|RES_OPTIONS|RESOLV_.*)$/,
	],
];

/**
 * Why a file from somebody else must not set a variable, as the end of a sentence about it; undefined when it may. On
 * Windows variables are the same in any case, and a file is for every system: case does not count anywhere.
 */
export function refusedFromOthers(variable: string): string | undefined {
	const name = variable.toUpperCase();
	return fromOthers.find(([, names]) => names.test(name))?.[0];
}
