# Completion of pharmer for bash. To have it in every shell, write it to a file that bash-completion reads:
#   mkdir -p ~/.local/share/bash-completion/completions
#   pharmer completion bash > ~/.local/share/bash-completion/completions/pharmer
# or, without bash-completion, add this line to ~/.bashrc:  eval "$(pharmer completion bash)"
# The man page: npm links it for a global install (npm install --global), and `man pharmer` shows it; for no other. Then:
#   man "$(dirname "$(realpath "$(command -v pharmer)")")/pharmer.1"

_pharmer() {
	local rest=${COMP_LINE:0:COMP_POINT} word kind= before line i
	local -a words
	words=()
	COMPREPLY=()
	# Bash also parts words at = and :, which belong to them. A word's part follows its neighbour without a blank.
	rest=${rest#*"${COMP_WORDS[0]}"}
	for ((i = 1; i <= COMP_CWORD; i++)); do
		line=${rest#"${rest%%[![:space:]]*}"}
		word=${COMP_WORDS[i]}
		((i == COMP_CWORD)) && word=$line
		if ((i == 1)) || [[ $line != "$rest" ]]; then
			words[${#words[@]}]=$word
		else
			words[${#words[@]} - 1]+=$word
		fi
		rest=${line#"$word"}
	done
	i=$((${#words[@]} - 1))
	before=${words[i]%"$2"}
	while IFS= read -r line; do
		if [[ -z $kind ]]; then
			kind=$line
		elif [[ $line == "$before"* ]]; then
			COMPREPLY[${#COMPREPLY[@]}]=${line#"$before"}
		fi
	done < <(command pharmer complete bash "$i" "${words[@]}" 2>/dev/null </dev/null)
	case $kind in
	files) type compopt &>/dev/null && compopt -o default ;;
	command)
		for ((i = 1; i < COMP_CWORD; i++)); do
			[[ ${COMP_WORDS[i]} == -- ]] && break
		done
		if declare -F _command_offset &>/dev/null; then
			_command_offset $((i + 1))
		elif ((COMP_CWORD == i + 1)); then
			while IFS= read -r line; do
				printf -v line %q "$line"
				COMPREPLY[${#COMPREPLY[@]}]=$line
			done < <(compgen -c -- "$2")
		elif type compopt &>/dev/null; then
			compopt -o default
		fi
		;;
	esac
}

# Bash before 4 can't be told later that files are meant.
if type compopt &>/dev/null; then
	complete -F _pharmer pharmer
else
	complete -o default -F _pharmer pharmer
fi
