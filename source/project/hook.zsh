# Tells on standard error which .pharmer.yaml counts in the directory that you enter. It hands out nothing and never asks.
# A line of ~/.zshrc:  eval "$(pharmer hook zsh)"

_pharmer_hook() {
	local -i code=$?
	emulate -L zsh
	if [[ $PWD != "${_pharmer_directory-}" ]]; then
		typeset -g _pharmer_directory=$PWD
		local directory=${PWD:A} found=
		while [[ -n $directory ]]; do
			if [[ -e $directory/.pharmer.yaml || -L $directory/.pharmer.yaml ]]; then
				found=$directory
				break
			fi
			[[ -e $directory/.git || $directory == "${HOME-}" ]] && break
			directory=${directory%/*}
		done
		if [[ -n $found && $found != "${_pharmer_project-}" ]]; then
			command PHARMER entered </dev/null >&2 2>/dev/null
		fi
		typeset -g _pharmer_project=$found
	fi
	return $code
}

typeset -ga precmd_functions
if ((! ${precmd_functions[(I)_pharmer_hook]})); then
	precmd_functions=(_pharmer_hook $precmd_functions)
fi
