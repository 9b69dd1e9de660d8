# Usage: offer.zsh SCRIPT LINE…: prints what the completion of SCRIPT offers at the end of each line, with bars between.
zmodload zsh/zpty
zpty child zsh -f -i
zpty -w child 'PS1= PS2= TERM=dumb; autoload -Uz compinit && compinit -u -D; source '"$1"'; typeset -aU offered
compadd() { local -a found; builtin compadd -O found "$@"; offered+=($found); builtin compadd "$@" }
offer() { offered=(); zle list-choices; zle -I; print -r -- "<<${(pj:|:)offered}>>"; BUFFER= }
zle -N offer; bindkey "^T" offer; print RE''ADY'
zpty -r child said '*READY*'
for line in "${@:2}"; do
  zpty -w -n child "$line"$'\x14'
  zpty -r child said '*<<*>>*'
  said=${said##*<<}
  print -r -- ${said%%>>*}
done
