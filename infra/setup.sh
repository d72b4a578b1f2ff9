#!/usr/bin/env bash
# The functions of docs/setup.md and docs/recipes.md, to be read by the reader's shell: . infra/setup.sh
# They take OWNER, REPOSITORY and APP from the head of docs/setup.md. None of them ends the shell.
# shellcheck disable=SC2154

# What a command prints. Nothing, or None, as the AWS CLI prints it, is an error.
one() {
  local value
  if value=$("$@") && [ -n "$value" ] && [ "$value" != None ]; then echo "$value"; return; fi
  echo "Nothing came of: $*" >&2
  return 1
}

# An output of a stack: output migrations ClusterName
output() {
  one aws cloudformation describe-stacks --stack-name "$APP-$1" --output text \
    --query "Stacks[0].Outputs[?OutputKey=='$2'].OutputValue"
}

# Sets a variable of the repository, unless it has another value already: then it may be used by others.
variable() {
  local now
  case $2 in '' | None) echo "$1 has no value: the step that makes it has not happened" >&2; return 1 ;; esac
  now=$(gh variable list --repo "$OWNER/$REPOSITORY" --json name,value --jq ".[] | select(.name == \"$1\").value") || return
  case $now in
    "$2") ;;
    '') gh variable set "$1" --repo "$OWNER/$REPOSITORY" --body "$2" || return ;;
    *)
      echo "$1 is $now, not $2, and stays so. To change it: gh variable set $1 --repo $OWNER/$REPOSITORY --body '$2'" >&2
      return 1
      ;;
  esac
  echo "$1: $2"
}

# Deletes the variables of the repository whose value is an output of a stack, so of no use without it. The account's OIDC
# provider outlives the stack.
forget() {
  local outputs known name value
  outputs=$(aws cloudformation describe-stacks --output text \
    --query "Stacks[?StackName=='$APP-$1'].Outputs[] | [?OutputKey!='OidcProviderArn'].OutputValue" | tr '\t' '\n')
  known=$(gh variable list --repo "$OWNER/$REPOSITORY" --json name,value --jq '.[] | .name + " " + .value') || return
  while read -r name value; do
    if [ -n "$value" ] && grep -qxF -- "$value" <<< "$outputs"; then
      gh variable delete "$name" --repo "$OWNER/$REPOSITORY" && echo "$name: deleted"
    fi
  done <<< "$known"
}

# Creates an environment of the repository, for all branches or one: environment NAME [BRANCH]. One that exists stays as it
# is, for GitHub does not document what becomes of the rules that the request leaves out.
environment() {
  local names environments="repos/$OWNER/$REPOSITORY/environments"
  names=$(gh api --paginate "$environments" --jq '.environments[].name') || return
  if grep -qixF -- "$1" <<< "$names"; then echo "Environment $1: exists, and stays as it is"; return; fi
  if [ -z "${2:-}" ]; then
    gh api --method PUT "$environments/$1" --silent || return
  else
    gh api --method PUT "$environments/$1" --silent \
      --field 'deployment_branch_policy[protected_branches]=false' \
      --field 'deployment_branch_policy[custom_branch_policies]=true' || return
    gh api --method POST "$environments/$1/deployment-branch-policies" --silent --raw-field name="$2" || return
  fi
  echo "Environment $1: created"
}

# Starts a workflow and waits for its end.
start() {
  local id
  gh workflow run "$1" --repo "$OWNER/$REPOSITORY" "${@:2}" && sleep 10 &&
    id=$(one gh run list --repo "$OWNER/$REPOSITORY" --workflow "$1" --limit 1 --json databaseId --jq '.[0].databaseId') &&
    gh run watch "${id:?}" --repo "$OWNER/$REPOSITORY" --exit-status
}
