#!/bin/sh
# Lints the CloudFormation templates, then creates and deletes them twice in moto.
set -eu

here="$(cd "$(dirname "$0")" && pwd)"
# shellcheck source=tools.sh
. "$here/tools.sh"
cd "$root"

cfn-lint --include-checks I -- infra/*.yml acceptance/*.yml
echo 'templates: clean'
python "$here/smoke.py"
