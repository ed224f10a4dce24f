# Tells on standard error which .pharmer.yaml counts in the directory that you enter. It hands out nothing and never asks.
# A line of ~/.config/fish/config.fish:  pharmer hook fish | source

function _pharmer_hook --on-event fish_prompt
    set -l code $status
    if test "$PWD" != "$_pharmer_directory"
        set -g _pharmer_directory $PWD
        set -l directory (pwd -P 2>/dev/null | string collect)
        set -l found
        while test -n "$directory"
            if test -e "$directory/.pharmer.yaml" -o -L "$directory/.pharmer.yaml"
                set found $directory
                break
            end
            if test -e "$directory/.git" -o "$directory" = "$HOME"
                break
            end
            set directory (string replace -r '/[^/]*$' '' -- $directory | string collect)
        end
        set -l pharmer PHARMER
        if test -n "$found" -a "$found" != "$_pharmer_project" -a -x "$pharmer[1]"
            command $pharmer entered </dev/null >&2 2>/dev/null
        end
        set -g _pharmer_project $found
    end
    return $code
end
