/**
 * Variables that decide what a program or a shell loads or runs, after sudo's list of those that it takes away (env.c),
 * glibc's of those that it ignores in setuid programs (unsecvars.h), and the manuals of bash, zsh, Git, npm, kubectl.
 */
const always =
	/^(?:PATH|HOME|SHELL|IFS|ENV|BASH_.*|SHELLOPTS|BASHOPTS|PS\d|R?PROMPT.*|[CF]PATH|CDPATH|ZDOTDIR|VISUAL|BROWSER|.*(?:EDITOR|PAGER|ASKPASS|_PROXY)|LESS(?:OPEN|CLOSE)?|MAKEFLAGS|KUBECONFIG|GCONV_PATH|(?:GIT|NPM_CONFIG|LD|DYLD|RUSTC)_.*|NODE_(?:OPTIONS|PATH)|PYTHON.*|PERL5?(?:LIB|OPT|DB)|RUBY(?:LIB|OPT)|_?(?:JAVA|JDK).*OPTIONS)$/;

/**
 * Special parameters by which a shell that has them set runs, loads, reads or writes something, at once or at a prompt:
 * from the manuals (bash, shell variables; zshparam and zshzle; fish, special variables; PowerShell,
 * about_Environment_Variables), tried with bash 5.2, zsh 5.9 and fish 3.6. Some of them are evaluated as arithmetic,
 * where a subscript can hold a command.
 */
const obeyedByShells =
	/^(?:RPS\d?|SPROMPT|STTY|POSTEDIT|FCEDIT|MAIL(?:PATH|CHECK)|LOGCHECK|WATCHFMT|HIST(?:CHARS|CMD|CONTROL|FILE|FILESIZE|IGNORE|ORY_IGNORE|SIZE|TIMEFORMAT)|SAVEHIST|HOSTFILE|INPUTRC|EXECIGNORE|FIGNORE|GLOB(?:IGNORE|SORT)|(?:READ)?NULLCMD|MODULE_PATH|POSIXLY_CORRECT|TEXTDOMAIN(?:DIR)?|TMOUT|ERRNO|ZLE_.*|ZSH|ZSH_.*|fish_.*|COMSPEC|PATHEXT|PSMODULEPATH)$/;

/** Whether a variable decides what programs run, whoever sets it. */
export function decidesPrograms(variable: string): boolean {
	return always.test(variable) || obeyedByShells.test(variable);
}

/**
 * What a file from somebody else must not set either, and why, as the end of a sentence about the variable. Names are
 * in capitals. No such list is complete: who trusts a file lets it steer the programs started there. What names a file
 * counts where that file can name a program: it is in the work tree, and not trusted.
 */
const fromOthers: readonly (readonly [why: string, names: RegExp])[] = [
	['decides what programs run', always],
	['decides what a shell runs', obeyedByShells],
	['is an instruction to pharmer', /^PHARMER_/],
	[
		'decides where programs find their own files',
		/^(?:TMPDIR|TMP|TEMP|TMPPREFIX|XDG_.*|USERPROFILE|APPDATA|LOCALAPPDATA|HOMEDRIVE|HOMEPATH|PWD|OLDPWD)$/,
	],
	[
		'decides what a shell runs',
		/^(?:FISH_.*|MAIL|DIRENV_.*|STARSHIP_.*|SUDO_.*|LESSKEY.*|TERMCAP|TERMINFO.*|TERMPATH)$/,
	],
	[
		'decides what a linker or a library loads',
		/^(?:_?RLD.*|LDR_.*|LIBPATH|SHLIB_PATH|GLIBC_TUNABLES|MALLOC_TRACE|LOCPATH|NLSPATH|OPENSSL_.*|SSLKEYLOGFILE|KRB5_.*|GTK_.*MODULES|QT_.*PLUGIN_PATH|LIBMYSQL_.*|ODBC.*INI)$/,
	],
	[
		'decides what an interpreter loads',
		/^(?:PERL.*|RUBY(?:LIB|OPT|SHELL)|BUNDLE_.*|GEM_.*|PHPRC|PHP_INI_SCAN_DIR|LUA_.*|R_(?:PROFILE|ENVIRON|LIBS).*|GUILE_.*|AWK(?:LIB)?PATH|EMACSLOADPATH|CLASSPATH|J(?:AVA|RE|DK)_HOME|JAVACMD|.*_OPTS(?:_FILE)?|NODE_(?:REPL_.*|V8_COVERAGE|COMPILE_CACHE|ICU_DATA|REDIRECT_WARNINGS)|ELECTRON_RUN_AS_NODE|COREPACK_.*|DENO_DIR|DOTNET_(?:STARTUP_HOOKS|ADDITIONAL_DEPS|SHARED_STORE|ROOT.*|HOST_PATH|BUNDLE_.*)|CORECLR_.*|COR_.*|ERL_.*|PYTEST_.*|(?:ASDF|MISE|NVM|PYENV|RBENV|NODENV|CONDA)_.*|VOLTA_HOME|VIRTUAL_ENV|VIMINIT|EXINIT|MYVIMRC)$/,
	],
	[
		'decides what a build loads or runs',
		/^(?:GO(?!GC$|MAXPROCS$|MEMLIMIT$|OS$|ARCH$)[A-Z0-9]+|CGO_.*|CARGO_.*|RUST(?:C|FLAGS|DOC|UP).*|MAKE.*|CMAKE_.*|PKG_CONFIG.*|CONFIG_(?:SITE|SHELL)|S?CCACHE_.*|CC|CXX|CPP|FC|LD|AR|AS|NM|RANLIB|.*[A-Z]FLAGS|NIX_.*|GRADLE_USER_HOME|MAVEN_.*|ANT_ARGS|PRISMA_.*)$/,
	],
	[
		'names a file or words that can name a program to run',
		/^(?:KUBERC|KUBECTL_.*|KUBE_CONFIG_.*|HELM_.*|DOCKER_CONFIG|AWS_(?:CONFIG|SHARED_CREDENTIALS)_FILE|BOTO_CONFIG|CLOUDSDK_(?:CONFIG|PYTHON.*)|GOOGLE_EXTERNAL_ACCOUNT_.*|AZURE_(?:CONFIG|EXTENSION)_DIR|TF_(?:CLI_.*|PLUGIN_.*|DATA_DIR|REATTACH_PROVIDERS)|TERRAFORM_CONFIG|TG_(?:TF_PATH|CONFIG)|TERRAGRUNT_.*|PACKER_(?:PLUGIN_PATH|CONFIG.*)|PULUMI_(?!ACCESS_TOKEN$|CONFIG_PASSPHRASE$).*|CONTAINERS_.*|ANSIBLE_.*|PIP_.*|UV_.*|YARN_.*|CURL_HOME|WGETRC|PSQLRC|MANOPT|TAR_OPTIONS|HG.*|SVN_SSH|(?:CVS|RSYNC)_RSH|GPG_AGENT_INFO|GNUPGHOME|SSH_.*|RIPGREP_CONFIG_PATH|BAT_CONFIG_.*|SYSTEMD_LESS|PUPPETEER_.*|.*PASSCOMMAND|.*_(?:COMMAND|CMD|EXEC|EXECUTABLE(?:_PATH)?|BIN|BINARY(?:_PATH)?))$/,
	],
	[
		'decides whom programs trust or send secrets to',
		/^(?:SSL_CERT_.*|.*_CA_(?:BUNDLE|CERTS?)|NODE_TLS_.*|DENO_CERT|HOSTALIASES|LOCALDOMAIN|RES_OPTIONS|RESOLV_.*|AWS_(?:ENDPOINT_URL.*|WEB_IDENTITY_TOKEN_FILE|CONTAINER_.*|EC2_METADATA_.*)|GOOGLE_APPLICATION_CREDENTIALS|AZURE_AUTHORITY_HOST|CLOUDSDK_(?:AUTH|PROXY|API_ENDPOINT)_.*|CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE)$/,
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
