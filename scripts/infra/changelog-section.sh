#!/bin/sh
# Prints the section of CHANGELOG.md for a version.
#
#   changelog-section.sh v1.2.3
set -eu

awk -v heading="## ${1#v} " '
  index($0 " ", heading) == 1 { inside = 1; next }
  /^## / { inside = 0 }
  inside { print }
' "$(dirname "$0")/../../CHANGELOG.md"
