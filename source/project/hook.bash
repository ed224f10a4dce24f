# Tells on standard error which .pharmer.yaml counts in the directory that you enter. It hands out nothing and never asks.
# A line of ~/.bashrc, behind what sets PROMPT_COMMAND:  eval "$(pharmer hook bash)"

_pharmer_hook() {
	local code=$? directory found=
	if [[ $PWD != "${_pharmer_directory-}" ]]; then
		_pharmer_directory=$PWD
		directory=$(pwd -P 2>/dev/null && printf .)
		directory=${directory%$'\n'.}
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
		_pharmer_project=$found
	fi
	return "$code"
}

# The first element of an array is what a plain variable is.
if [[ ${PROMPT_COMMAND[*]-} != *_pharmer_hook* ]]; then
	PROMPT_COMMAND="_pharmer_hook${PROMPT_COMMAND:+;$PROMPT_COMMAND}"
fi
