#!/bin/sh
# Installs what checks workflows and templates into one folder, $TOOLS: actionlint and act (Go), cfn-lint, hadolint,
# moto, the AWS CLI and zizmor (Python). Does nothing where they are there already. shellcheck comes from the system's packages.
set -eu

here="$(cd "$(dirname "$0")" && pwd)"
# shellcheck source=tools.sh
. "$here/tools.sh"

for program in shellcheck go python3; do
  command -v "$program" > /dev/null || {
    echo "$program is missing. Install it from your system's packages." >&2
    exit 1
  }
done

wanted="$(cat "$0" "$here/requirements.txt")"
if [ "$(cat "$TOOLS/installed" 2> /dev/null || true)" = "$wanted" ]; then
  exit 0
fi

echo "Installing into $TOOLS, about 2 minutes:"
mkdir -p "$TOOLS/bin"
for module in github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 github.com/nektos/act@v0.2.89; do
  echo "  $module"
  GOBIN="$TOOLS/bin" go install "$module"
done
echo "  $(grep -o '^[a-z][a-z0-9-]*[^ ]*' "$here/requirements.txt" | paste -s -d ' ' -)"
python3 -m venv "$TOOLS/venv"
"$TOOLS/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
printf '%s\n' "$wanted" > "$TOOLS/installed"
