/** For zsh: a file `_mfa-config` in a folder of `fpath`, or run by `eval` or `source`. */
export const ZSH = `#compdef mfa-config
# zsh completion for mfa-config
_mfa-config() {
  local -a words_before lines candidates
  local line
  if (( CURRENT > 2 )); then words_before=("\${(@Q)words[2,CURRENT-1]}"); fi
  lines=("\${(@f)$(mfa-config __complete -- "\${(@)words_before}" "\${(Q)PREFIX}" 2>/dev/null)}")

  if [[ $lines[1] == :files ]]; then
    if [[ $PREFIX == --*=* ]]; then compset -P '*='; fi
    _files
    return
  fi
  for line in $lines; do
    # The value and its description, with a colon between them.
    if [[ $line == *$'\\t'* ]]; then
      candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    else
      candidates+=("\${line//:/\\\\:}")
    fi
  done
  _describe mfa-config candidates
}

if [[ $funcstack[1] == _mfa-config ]]; then
  _mfa-config "$@"
else
  if (( ! $+functions[compdef] )); then autoload -Uz compinit && compinit -i; fi
  compdef _mfa-config mfa-config
fi
`
