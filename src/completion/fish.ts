/** For fish 3 and later. */
export const FISH = `# fish completion for mfa-config
function __mfa_config_complete
    set -l words (commandline -opc)
    set -e words[1]
    # The word comes as it is written: a quote that begins it is not of it.
    set -l word (commandline -ct | string replace -r '^["\\']' '')
    for line in (mfa-config __complete -- $words "$word" 2>/dev/null)
        if test "$line" = :files
            # What precedes the file in --config=file stays.
            set -l flag (string match -r -- '^--[^=]*=' "$word")
            for path in (__fish_complete_path (string replace -r -- '^--[^=]*=' '' "$word"))
                echo "$flag$path"
            end
        else
            echo $line
        end
    end
end
complete -c mfa-config -f -k -a '(__mfa_config_complete)'
`
