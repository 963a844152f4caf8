#!/usr/bin/env bash
# Runs mfa-config as the inputs say. It fails only where that cannot be done: what mfa-config exits with becomes an output,
# so that it can be told on GitHub before the job ends with it.
set -euo pipefail

fail() {
  echo "::error::$1"
  exit 1
}

case $INPUT_COMMAND in
  plan | apply | drift) ;;
  *) fail "The input command is plan, apply or drift." ;;
esac
[[ $INPUT_NAME =~ ^[A-Za-z0-9._/\ -]*$ && $INPUT_NAME != *--* ]] || fail "The input name takes letters, digits, spaces and . _ / -."

# The words of an input, one a line.
words() {
  tr -s '[:space:]' '\n' <<<"$1" | sed '/^$/d'
}

# Installed outside of the repository, so that no file of a pull request says where the program comes from.
place=$RUNNER_TEMP/mfa-config
mkdir -p "$place"
(cd "$place" && npm install --loglevel=error --no-audit --no-fund --prefix "$place" "mfa-config@$INPUT_VERSION")
program=$place/node_modules/.bin/mfa-config

flags=(--no-color)
[[ -z $INPUT_CONFIG ]] || flags+=("--config=$INPUT_CONFIG")
[[ $INPUT_ALL != true ]] || flags+=(--all)
[[ -z $INPUT_SHARD ]] || flags+=("--shard=$INPUT_SHARD")
[[ -z $INPUT_CONCURRENCY ]] || flags+=("--concurrency=$INPUT_CONCURRENCY")
[[ -z $INPUT_ENV_FILE ]] || flags+=("--env-file=$INPUT_ENV_FILE")
[[ -z $INPUT_DOMAIN ]] || flags+=("--domain=$INPUT_DOMAIN")
[[ $INPUT_WRITE_SECRETS != true ]] || flags+=(--write-secrets)
while IFS= read -r environment; do flags+=("--env=$environment"); done < <(words "$INPUT_ENV")
while IFS= read -r check; do flags+=("--allow=$check"); done < <(words "$INPUT_ALLOW")

# Node reads --env-file, too, and obeys NODE_OPTIONS in it unless there is that variable, be it empty.
export NODE_OPTIONS=${NODE_OPTIONS-}

# What comes from tenants and files is printed, and never taken for a command to the runner.
quietly() {
  local token
  token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  echo "::stop-commands::$token"
  "$@" 2>&1 || code=$?
  # On a line of its own, though what was printed does not end its last.
  printf '\n::%s::\n' "$token"
}

# The plan goes to a file; what is said about the run is printed.
planned() {
  "$program" plan --format=markdown --detailed-exitcode "${flags[@]}" >"$printed"
}

code=0
if [[ $INPUT_COMMAND == apply ]]; then
  [[ -z $INPUT_PLAN_FILE ]] || flags+=(-- "$INPUT_PLAN_FILE")
  quietly "$program" apply --yes "${flags[@]}"
  echo "exit-code=$code" >>"$GITHUB_OUTPUT"
  exit 0
fi

[[ $INPUT_COMMAND != plan || -z $INPUT_PLAN_FILE ]] || flags+=("--out=$INPUT_PLAN_FILE")
printed=$(mktemp "$RUNNER_TEMP/mfa-config-printed.XXXXXX")
report=$(mktemp "$RUNNER_TEMP/mfa-config-report.XXXXXX")
quietly planned

# The first line is by what the comment is found again; a run with a name has one of its own.
echo "<!-- mfa-config${INPUT_NAME:+ $INPUT_NAME} -->" >"$report"
if [[ -s $printed ]]; then
  tail -n +2 "$printed" >>"$report"
else
  printf '\n## mfa-config\n\nThere is no plan: mfa-config ended with %s. [The log](%s) says why.\n' "$code" \
    "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID" >>"$report"
fi
quietly cat "$report"
cat "$report" >>"$GITHUB_STEP_SUMMARY"

changes=false
[[ $code != 2 ]] || changes=true
{
  echo "exit-code=$code"
  echo "changes=$changes"
  echo "report=$report"
} >>"$GITHUB_OUTPUT"
