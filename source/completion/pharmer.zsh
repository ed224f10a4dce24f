#compdef pharmer
# Completion of pharmer for zsh. To have it in every shell, write it to a directory of $fpath, before compinit runs:
#   mkdir -p ~/.zsh/completions && pharmer completion zsh > ~/.zsh/completions/_pharmer
#   and in ~/.zshrc:  fpath=(~/.zsh/completions $fpath); autoload -Uz compinit && compinit
# or add this line to ~/.zshrc, after compinit:  source <(pharmer completion zsh)
# The man page: npm links it for a global install (npm install --global), and `man pharmer` shows it; for no other. Then:
#   man "$(dirname "$(realpath "$(command -v pharmer)")")/pharmer.1"

_pharmer() {
	local -a typed lines texts shown
	local line text
	local -i at=$((CURRENT - 2)) width=0
	((at > 0)) && typed=("${(@Q)words[2,CURRENT-1]}")
	lines=("${(@f)$(command pharmer complete zsh $at "${typed[@]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}")
	case ${lines[1]} in
	files)
		[[ $PREFIX == -*=* ]] && compset -P '*='
		_files
		;;
	command)
		at=${words[(i)--]}
		words=(pharmer "${(@)words[at+1,-1]}")
		((CURRENT -= at - 1))
		shift words
		((CURRENT--))
		_normal
		;;
	words)
		shift lines
		texts=("${(@)lines%%$'\t'*}")
		for text in "${texts[@]}"; do
			((${#text} > width)) && width=${#text}
		done
		for line in "${lines[@]}"; do
			text=${line%%$'\t'*}
			if [[ $line == *$'\t'* ]]; then
				line="${(r:width:)text}  -- ${line#*$'\t'}"
				shown+=("${line[1,COLUMNS-1]}")
			else
				shown+=("$text")
			fi
		done
		if [[ "${lines[*]}" == *$'\t'* ]]; then
			compadd -l -d shown -a texts
		else
			compadd -a texts
		fi
		;;
	esac
}

# A file of $fpath is the function itself.
if [[ ${funcstack[1]} == _pharmer ]]; then
	_pharmer "$@"
else
	compdef _pharmer pharmer
fi
