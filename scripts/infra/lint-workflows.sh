#!/bin/sh
# Lints every workflow, Dockerfile and shell script: ours, the examples, and the snippets of README.md and docs/. Workflows
# by actionlint (which hands their scripts to shellcheck) and by zizmor in its strictest persona, without network.
set -eu

here="$(cd "$(dirname "$0")" && pwd)"
# shellcheck source=tools.sh
. "$here/tools.sh"
cd "$root"

actionlint -config-file .github/actionlint.yaml \
  .github/workflows/*.yml examples/workflows/*.yml __tests__/workflows/fixtures/*.yml
zizmor --offline --pedantic --quiet --config .github/zizmor.yml .github examples/workflows/*.yml
hadolint examples/*/Dockerfile
shellcheck --external-sources --source-path scripts/infra scripts/infra/*.sh scripts/infra/stand-ins/* infra/*.sh

snippets="$(mktemp -d)"
trap 'rm -rf "$snippets"' EXIT
node scripts/bootstrap.mjs check-docs --extract "$snippets"
actionlint -config-file .github/actionlint.yaml "$snippets"/*.yml
shellcheck --shell bash --exclude SC1091,SC2034,SC2164 "$snippets"/*.sh # what is sourced, and reads variables, is linted above; at a prompt, one sees that cd failed

echo 'workflows, Dockerfiles, shell scripts and snippets: clean'
