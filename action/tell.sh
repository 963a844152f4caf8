#!/usr/bin/env bash
# Tells GitHub what came of a run: a plan as a comment on its pull request, drift as an issue. There is one of each name;
# it is found by the first line of the report, which nobody sees, and kept up to date.
set -euo pipefail

[[ $INPUT_COMMENT == true && $INPUT_COMMAND != apply ]] || exit 0

MARKER=$(head -n 1 "$INPUT_REPORT")
export MARKER
# Only what a program has written can be meant: the line is easily copied.
ours='select(.user.type == "Bot" and ((.body // "") | startswith(env.MARKER)))'

if [[ $INPUT_COMMAND == plan ]]; then
  if [[ -z $INPUT_PULL_REQUEST ]]; then
    echo "There is no pull request to comment on."
    exit 0
  fi
  comments=repos/$GITHUB_REPOSITORY/issues/$INPUT_PULL_REQUEST/comments
  found=$(gh api --paginate "$comments?per_page=100" --jq ".[] | $ours | .id")
  found=${found%%$'\n'*}
  if [[ -n $found ]]; then
    gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$found" --field "body=@$INPUT_REPORT" --silent
  else
    gh api --method POST "$comments" --field "body=@$INPUT_REPORT" --silent
  fi
  exit 0
fi

issues=repos/$GITHUB_REPOSITORY/issues
open=".[] | select(.pull_request == null) | $ours | .number"
found=$(gh api --paginate "$issues?state=open&per_page=100" --jq "$open")
found=${found%%$'\n'*}
if [[ $INPUT_EXIT_CODE == 0 ]]; then
  [[ -n $found ]] || exit 0
  gh api --method POST "$issues/$found/comments" --raw-field 'body=Every tenant is as the file has it.' --silent
  gh api --method PATCH "$issues/$found" --raw-field state=closed --silent
elif [[ -n $found ]]; then
  gh api --method PATCH "$issues/$found" --field "body=@$INPUT_REPORT" --silent
else
  gh api --method POST "$issues" --raw-field "title=MFA configuration has drifted${INPUT_NAME:+ ($INPUT_NAME)}" \
    --field "body=@$INPUT_REPORT" --silent
fi
