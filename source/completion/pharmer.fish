# Completion of pharmer for fish. To have it in every shell:
#   pharmer completion fish > ~/.config/fish/completions/pharmer.fish
# The man page: npm links it for a global install (npm install --global), and `man pharmer` shows it; for no other. Then:
#   man (dirname (realpath (command -v pharmer)))/pharmer.1

# Asks once, and says whether there are words. Where there are none, fish completes files.
function __pharmer_asks
	set -l words (commandline -opc)
	set -e words[1]
	set -l lines (command pharmer complete fish (count $words) $words (commandline -ct) 2>/dev/null </dev/null)
	set -l kind $lines[1]
	set -e lines[1]
	switch "$kind"
		case words
			set -g __pharmer_words $lines
			return 0
		case command
			set -l at (contains -i -- -- $words)
			set -e words[1..$at]
			set -g __pharmer_words (complete -C (string join ' ' -- (string escape -- $words) (commandline -ct)))
			return 0
	end
	return 1
end

complete -c pharmer -e
complete -c pharmer -n __pharmer_asks -f -a '$__pharmer_words'
