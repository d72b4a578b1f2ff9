#!/usr/bin/env bash
# The functions of docs/setup.md and docs/recipes.md, to be read by the reader's shell: . infra/setup.sh
# They take their values from the head of docs/setup.md, and its folder. None of them ends the shell.
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

# The security group of a new database. A database that is there already must have the one that was made here.
database_group() { # VPC
  local made used
  made=$(one aws ec2 describe-security-groups --query 'SecurityGroups[0].GroupId' --output text \
    --filters Name=vpc-id,Values="$1" Name=group-name,Values="$APP-database" 2> /dev/null) || made=
  if [ -n "$SERVER" ]; then
    used=$(one aws rds describe-db-instances --db-instance-identifier "$SERVER" \
      --query 'DBInstances[0].VpcSecurityGroups[].VpcSecurityGroupId' --output text) || return
    if [ -n "$made" ] && [[ $used == *"$made"* ]]; then echo "$made"; return; fi
    echo "The database $SERVER was not made here (its security group is $used): go on with 'You have a database already'" >&2
    return 1
  fi
  if [ -n "$made" ]; then echo "$made"; return; fi
  one aws ec2 create-security-group --vpc-id "$1" --group-name "$APP-database" --description "$APP database" \
    --query GroupId --output text
}

# The secret of a new database. The password is in it before the database has it, so that a paste that was interrupted can
# be repeated.
database_secret() {
  local password
  if one aws secretsmanager describe-secret --secret-id "$DATABASE_SECRET" --query ARN --output text 2> /dev/null; then return; fi
  if [ -n "$SERVER" ]; then
    echo "The database $SERVER exists, and its secret $DATABASE_SECRET does not: go on with 'You have a database already'" >&2
    return 1
  fi
  password=$(one aws secretsmanager get-random-password --exclude-punctuation --password-length 32 \
    --query RandomPassword --output text) || return
  one aws secretsmanager create-secret --name "$DATABASE_SECRET" --query ARN --output text \
    --secret-string "{\"username\":\"app\",\"password\":\"$password\"}"
}

# Sets a variable of the repository, unless it has another value already: then it may be used by others. What is not set is
# noted in NOT_SET.
variable() {
  local now
  NOT_SET=" ${NOT_SET:-} "
  NOT_SET=${NOT_SET/ $1 / }
  NOT_SET=${NOT_SET# }
  NOT_SET=${NOT_SET% }
  case $2 in
    '' | None) echo "$1 has no value: the step that makes it has not happened" >&2 ;;
    *)
      if now=$(gh variable list --repo "$OWNER/$REPOSITORY" --json name,value --jq ".[] | select(.name == \"$1\").value"); then
        case $now in
          "$2") echo "$1: $2, as it was"; return ;;
          '') if gh variable set "$1" --repo "$OWNER/$REPOSITORY" --body "$2"; then echo "$1: $2"; return; fi ;;
          *)
            echo "$1 is $now, not $2, and stays so. Do others use it? Give ours another name, here and in the workflows." \
              "Is it ours? gh variable set $1 --repo $OWNER/$REPOSITORY --body '$2'" >&2
            ;;
        esac
      fi
      ;;
  esac
  NOT_SET="${NOT_SET:+$NOT_SET }$1"
  return 1
}

# Whether all variables were set since NOT_SET was emptied.
settled() {
  case ${NOT_SET-all} in
    '') return ;;
    all) echo "No variable was set in this shell: go on at step 4" >&2 ;;
    *) echo "Not set: $NOT_SET. Mend what is said of each above, and paste that step again: what follows waits for it" >&2 ;;
  esac
  return 1
}

# Deletes the variables of the repository whose value is an output of a stack, so of no use without it. The account's OIDC
# provider outlives the stack.
forget() {
  local outputs known name value names=()
  outputs=$(aws cloudformation describe-stacks --output text \
    --query "Stacks[?StackName=='$APP-$1'].Outputs[] | [?OutputKey!='OidcProviderArn'].OutputValue" | tr '\t' '\n')
  known=$(gh variable list --repo "$OWNER/$REPOSITORY" --json name,value --jq '.[] | .name + " " + .value') || return
  while read -r name value; do
    if [ -n "$value" ] && grep -qxF -- "$value" <<< "$outputs"; then names+=("$name"); fi
  done <<< "$known"
  [ ${#names[@]} -eq 0 ] || drop "${names[@]}"
}

# Deletes these variables of the repository, as far as they are there.
drop() {
  local known name
  known=$(gh variable list --repo "$OWNER/$REPOSITORY" --json name --jq '.[].name') || return
  for name; do
    if grep -qxF -- "$name" <<< "$known"; then
      gh variable delete "$name" --repo "$OWNER/$REPOSITORY" && echo "$name: deleted"
    fi
  done
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

# Whether a workflow is a copy of an example, edited or not: its first line says so.
ours() {
  local first
  [ -e "$1" ] && first=$(head -n 1 "$1") && [[ $first == '# '* ]] && grep -qxF -- "$first" examples/workflows/*.yml
}

# Copies examples into the application, each by its name or another: workflows drift pipeline:migrate. A file that is there
# stays as it is.
workflows() {
  local name example copy
  settled && mkdir -p "$CHECKOUT/.github/workflows" || return
  for name; do
    example=examples/workflows/${name%%:*}.yml copy=$CHECKOUT/.github/workflows/${name#*:}.yml
    if [ ! -e "$copy" ]; then
      if [ "$TRUST" = branch ]; then sed '/^    environment: /d' "$example" > "$copy"; else cp "$example" "$copy"; fi
      echo "$copy: copied"
    elif ours "$copy"; then
      echo "$copy: is there, and stays as it is; how it differs: diff $PWD/$example $copy"
    else
      echo "$copy is a workflow of yours, and stays as it is. Take ours by another name, such as" \
        "'workflows ${name%%:*}:run-${name%%:*}', and say run-${name%%:*} instead of ${name#*:} in the commands to come" >&2
    fi
  done
}

# Commits what changed in these files of the application and nothing else, and pushes it.
push() { # MESSAGE FILE…
  local message=$1
  shift
  git -C "$CHECKOUT" diff --cached --quiet -- "$@" ||
    git -C "$CHECKOUT" diff --cached --name-only -- "$@" |
    git -C "$CHECKOUT" commit --quiet --message "$message" --pathspec-from-file=- || return
  git -C "$CHECKOUT" push --quiet
}

# Commits and pushes the copies of these names: publish MESSAGE NAME…
publish() {
  local name files=()
  settled || return
  for name in "${@:2}"; do
    if ours "$CHECKOUT/.github/workflows/$name.yml"; then files+=(".github/workflows/$name.yml"); fi
  done
  [ ${#files[@]} -eq 0 ] || { git -C "$CHECKOUT" add -- "${files[@]}" && push "$1" "${files[@]}"; }
}

# Removes the copies of these names, and pushes that: withdraw MESSAGE NAME…
withdraw() {
  local name file files=()
  for name in "${@:2}"; do
    file=.github/workflows/$name.yml
    if [ ! -e "$CHECKOUT/$file" ] || ours "$CHECKOUT/$file"; then
      files+=("$file")
    else
      echo "$file is a workflow of yours, and stays" >&2
    fi
  done
  [ ${#files[@]} -eq 0 ] || { git -C "$CHECKOUT" rm --quiet --ignore-unmatch -- "${files[@]}" && push "$1" "${files[@]}"; }
}

# Starts a workflow that uses the action, and waits for its end.
start() {
  local id
  [ -z "${NOT_SET:-}" ] || { settled; return; }
  if ! grep -q 'uses: .*run-ecs-migration' "$CHECKOUT/.github/workflows/$1"; then
    echo "$1 is not started: it does not use run-ecs-migration" >&2
    return 1
  fi
  gh workflow run "$1" --repo "$OWNER/$REPOSITORY" "${@:2}" && sleep 10 &&
    id=$(one gh run list --repo "$OWNER/$REPOSITORY" --workflow "$1" --limit 1 --json databaseId --jq '.[0].databaseId') &&
    gh run watch "${id:?}" --repo "$OWNER/$REPOSITORY" --exit-status
}
