/**
 * For bash 3.2 and later, with or without the bash-completion package. Where nothing is answered bash completes files,
 * by `-o default`; `compopt`, which bash 3.2 lacks, takes that back where a file cannot come.
 */
export const BASH = `# bash completion for mfa-config
_mfa_config() {
  local rest=\${COMP_LINE:0:COMP_POINT} words=() index=0 trimmed piece mark word kept answer value description
  COMPREPLY=()

  # Bash splits words at "=" and ":" too: pieces with no space between them are one word.
  while [ "$index" -le "$COMP_CWORD" ]; do
    trimmed=\${rest#"\${rest%%[![:space:]]*}"}
    piece=\${COMP_WORDS[index]}
    # The cursor may stand inside the last word.
    if [ "$index" -eq "$COMP_CWORD" ]; then piece=$trimmed; fi
    if [ "$index" -gt 0 ] && [ "$trimmed" = "$rest" ]; then
      words[\${#words[@]}-1]+=$piece
    else
      words+=("$piece")
    fi
    rest=\${trimmed#"$piece"}
    index=$((index + 1))
  done

  # Words come as they are written.
  index=0
  while [ "$index" -lt "\${#words[@]}" ]; do
    word=\${words[index]//[\\"\\'\\\\]/}
    words[index]=$word
    index=$((index + 1))
  done

  # Only what follows the last mark is replaced.
  kept=$word
  for mark in = : @; do
    if [[ $COMP_WORDBREAKS == *"$mark"* ]]; then kept=\${kept##*"$mark"}; fi
  done
  kept=\${word%"$kept"}

  answer=$(mfa-config __complete -- "\${words[@]:1}" 2>/dev/null)
  if [ "$answer" = :files ]; then return; fi
  compopt +o default 2>/dev/null
  while IFS=$'\\t' read -r value description; do
    if [ -n "$value" ]; then COMPREPLY+=("\${value#"$kept"}"); fi
  done <<< "$answer"
}
complete -o default -F _mfa_config mfa-config
`
