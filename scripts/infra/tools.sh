# shellcheck shell=sh
# Sourced by the scripts beside it, which set $here. Where the tools are: $TOOLS, by default beside the packages of npm.
# shellcheck disable=SC2154
root="$(cd "$here/../.." && pwd)"
TOOLS="${TOOLS:-$root/node_modules/.cache/run-ecs-migration-tools}"
export TOOLS
PATH="$TOOLS/bin:$TOOLS/venv/bin:$PATH"
