#!/usr/bin/env bash
# Keeps one issue open while a tenant is not as the file has it: mfa-drift.sh FILE CODE, what a plan has printed and ended
# with. The issue's first line, which nobody sees, is by what it is found again.
set -euo pipefail

ask() {
  curl --fail --silent --show-error --header "PRIVATE-TOKEN: $MFA_NOTE_TOKEN" "$@"
}

# Where there is no plan, the log says why.
[ -s "$1" ] || printf '<!-- mfa-config -->\n\nThere is no plan: %s\n' "$CI_JOB_URL" > "$1"

issues=$CI_API_V4_URL/projects/$CI_PROJECT_ID/issues
self=$(ask "$CI_API_V4_URL/user")
found=$(ask "$issues?state=opened&order_by=created_at&sort=asc&per_page=100" | SELF=$self MARKER=$(head -n 1 "$1") node -e '
  const issues = JSON.parse(require("node:fs").readFileSync(0, "utf8"))
  const { id } = JSON.parse(process.env.SELF)
  const own = issues.find(issue => issue.author.id === id && issue.description?.startsWith(process.env.MARKER))
  process.stdout.write(String(own?.iid ?? ""))
')
if [ "$2" = 0 ]; then
  [ -z "$found" ] || ask --request PUT "$issues/$found" --data-urlencode state_event=close --output /dev/null
elif [ -n "$found" ]; then
  ask --request PUT "$issues/$found" --data-urlencode "description@$1" --output /dev/null
else
  ask --request POST "$issues" --data-urlencode "title=MFA configuration has drifted" \
    --data-urlencode "description@$1" --output /dev/null
fi
