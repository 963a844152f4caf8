#!/usr/bin/env bash
# Ends the job as mfa-config ended. That a plan has changes is no failure.
set -euo pipefail

[[ $INPUT_EXIT_CODE != 2 || $INPUT_COMMAND == apply ]] || exit 0
exit "$INPUT_EXIT_CODE"
