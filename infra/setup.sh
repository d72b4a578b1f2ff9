#!/usr/bin/env bash
# The functions of docs/setup.md and docs/recipes.md, to be read by the reader's shell: . infra/setup.sh
# They take their values from the head of docs/setup.md, and its folder. None of them ends the shell.
# shellcheck disable=SC2154

# Begins the names of our variables at GitHub, which has them in capital letters.
PREFIX=$(tr '[:lower:]-' '[:upper:]_' <<< "${PREFIX-}")

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

# What is known of a stack: ours, theirs or gone. Ours has a description that begins so.
stack() { # NAME
  local found
  found=$(aws cloudformation describe-stacks --output text \
    --query "Stacks[?StackName=='$APP-$1'].[StackName, Description]") || return
  case $found in
    '' | None) echo gone ;;
    *$'\t'run-ecs-migration:*) echo ours ;;
    *) echo theirs ;;
  esac
}

# The parameters that a stack has, a name and its value on each line. Nothing where there is no stack.
parameters() { # NAME
  aws cloudformation describe-stacks --output text \
    --query "Stacks[?StackName=='$APP-$1'].Parameters[] | [].[ParameterKey, ParameterValue]"
}

# Makes a stack, or brings it up to date, and says which values change: deploy NAME TEMPLATE PARAMETER=VALUE…
deploy() {
  local state was parameter old
  state=$(stack "$1") && was=$([ "$state" = gone ] || parameters "$1") || return
  if [ "$state" = theirs ]; then
    echo "The stack $APP-$1 was not made here, and stays as it is: set another APP among your values" >&2
    return 1
  fi
  for parameter in "${@:3}"; do
    if old=$(grep -- "^${parameter%%=*}"$'\t' <<< "$was") && [ "${old#*$'\t'}" != "${parameter#*=}" ]; then
      echo "$APP-$1, ${parameter/=/: } (was ${old#*$'\t'})"
    fi
  done
  aws cloudformation deploy --stack-name "$APP-$1" --template-file "$2" --capabilities CAPABILITY_IAM \
    --parameter-overrides "${@:3}"
}

# Whether no subnet of the VPC has a range that the template gives its subnets.
ranges_are_free() { # WAY VpcId=VPC PARAMETER=VALUE…
  local ranges taken
  ranges=$(sed -nE '/PrivateSubnetCidr[AB]:$/,/Default/s/.*Default: //p' infra/network.yml | paste -s -d , -)
  taken=$(aws ec2 describe-subnets --filters "Name=vpc-id,Values=${2#*=}" "Name=cidr-block,Values=$ranges" \
    --query 'Subnets[].CidrBlock' --output text) || return
  [ -n "${taken#None}" ] || return 0
  echo "Taken in this VPC: $taken. Its second application takes the subnets of the first, as step 2 of docs/setup.md says. For" \
    "a NAT gateway of its own give free ranges: way_out $* PrivateSubnetCidrA=172.31.242.0/24 PrivateSubnetCidrB=172.31.243.0/24" >&2
  return 1
}

# Makes a way out, and sets SUBNETS and PUBLIC_IP: way_out WAY PARAMETER=VALUE… One that is there stays as it is: whoever has
# let the address of a NAT gateway in would lose it without a word.
way_out() {
  local now
  SUBNETS='' PUBLIC_IP=''
  now=$(parameters network | sed -n $'s/^WayOut\t//p') || return
  case $now in
    "$1") set -- "$1" ;; # with the parameters that it has
    '') [[ $* == *PrivateSubnetCidr* ]] || ranges_are_free "$@" || return ;;
    *) echo "The way out is $now already, and stays so: paste its block. To change it: take_down network, and paste this" \
      "again" >&2 && return 1 ;;
  esac
  deploy network infra/network.yml AppName="$APP" WayOut="$1" "${@:2}" && SUBNETS=$(output network PrivateSubnetIds) || return
  PUBLIC_IP=false
  echo "Subnets: $SUBNETS, public address: $PUBLIC_IP"
}

# Whether PREFIX is that of the variables that lead to what this APP has, by the record. Those of another PREFIX would lead to
# nothing when it is deleted.
prefix_fits() {
  local record other leads="MIGRATION_TASK_DEFINITION $APP-migration-task"
  record=$(value_of "$RECORD") || return
  ! grep -qxF -- "$PREFIX$leads" <<< "$record" && other=$(grep -m 1 -- "$leads\$" <<< "$record") || return 0
  echo "${other% *} leads to $APP, and PREFIX is '$PREFIX'. Nothing is deleted: set PREFIX='${other%"$leads"}' among your" \
    "values, and begin anew to take down" >&2
  return 1
}

# Deletes a stack, and the task definitions that one leaves behind, known by their log group: take_down NAME [FAMILY]
take_down() {
  local state family
  prefix_fits && state=$(stack "$1") || return
  case $state in
    gone) echo "Stack $APP-$1: gone already" ;;
    theirs) echo "Stack $APP-$1: was not made here, and stays" && return ;;
    ours)
      aws cloudformation delete-stack --stack-name "$APP-$1" &&
        aws cloudformation wait stack-delete-complete --stack-name "$APP-$1" && echo "Stack $APP-$1: deleted" || return
      ;;
  esac
  for family in ${2:+"$APP-$2" "$APP-$2-run-ecs-migration"}; do
    aws ecs list-task-definitions --family-prefix "$family" --status INACTIVE --query 'taskDefinitionArns[]' --output text |
      xargs -r -n 1 -P 8 aws ecs describe-task-definition --output text --query 'taskDefinition.[taskDefinitionArn,
        containerDefinitions[].logConfiguration.options."awslogs-group" | [0]]' --task-definition |
      awk -v group="/ecs/$APP-migrations" '$2 == group { print $1 }' |
      xargs -r -n 10 aws ecs delete-task-definitions --query 'failures' --output text --task-definitions || return
  done
}

# The security group of a new database. A database that is there already must have the one that was made here. What is
# made outside of stacks is known by its tag.
database_group() { # VPC
  local made used
  made=$(one aws ec2 describe-security-groups --query 'SecurityGroups[0].GroupId' --output text --filters \
    Name=vpc-id,Values="$1" Name=group-name,Values="$APP-database" Name=tag:made-by,Values=run-ecs-migration 2> /dev/null) || made=
  if [ -n "$SERVER" ]; then
    used=$(one aws rds describe-db-instances --db-instance-identifier "$SERVER" \
      --query 'DBInstances[0].VpcSecurityGroups[].VpcSecurityGroupId' --output text) || return
    if [ -n "$made" ] && [[ $used == *"$made"* ]]; then echo "$made"; return; fi
    echo "The database $SERVER was not made here (its security group is $used): go on with 'You have a database already'" >&2
    return 1
  fi
  if [ -n "$made" ]; then echo "$made"; return; fi
  one aws ec2 create-security-group --vpc-id "$1" --group-name "$APP-database" --description "$APP database" \
    --tag-specifications 'ResourceType=security-group,Tags=[{Key=made-by,Value=run-ecs-migration}]' \
    --query GroupId --output text
}

# The secret of a new database. The password is in it before the database has it, so that a paste that was interrupted can
# be repeated.
database_secret() {
  local found password
  found=$(aws secretsmanager describe-secret --secret-id "$DATABASE_SECRET" --output text \
    --query "[ARN, Tags[?Key=='made-by'].Value | [0]]" 2> /dev/null) || found=
  case $found in
    *$'\t'run-ecs-migration) echo "${found%%$'\t'*}" && return ;;
    arn:*) echo "The secret $DATABASE_SECRET was not made here, and stays as it is: set another DATABASE_SECRET, or go on" \
      "with 'You have a database already'" >&2 && return 1 ;;
  esac
  if [ -n "$SERVER" ]; then
    echo "The database $SERVER exists, and its secret $DATABASE_SECRET does not: go on with 'You have a database already'" >&2
    return 1
  fi
  password=$(one aws secretsmanager get-random-password --exclude-punctuation --password-length 32 \
    --query RandomPassword --output text) || return
  one aws secretsmanager create-secret --name "$DATABASE_SECRET" --query ARN --output text \
    --tags Key=made-by,Value=run-ecs-migration --secret-string "{\"username\":\"app\",\"password\":\"$password\"}"
}

# Deletes the database, its secret and its security group, each if it was made here.
remove_database() {
  local found tag="[?Key=='made-by'].Value | [0]"
  prefix_fits || return
  found=$(aws rds describe-db-instances --output text \
    --query "DBInstances[?DBInstanceIdentifier=='$DATABASE_SERVER'].[DBInstanceStatus, TagList$tag]") || return
  if made_here "Database $DATABASE_SERVER" "$found"; then
    [[ $found == deleting* ]] || aws rds delete-db-instance --db-instance-identifier "$DATABASE_SERVER" \
      --skip-final-snapshot --query DBInstance.DBInstanceStatus --output text || return
    aws rds wait db-instance-deleted --db-instance-identifier "$DATABASE_SERVER" || return
  fi
  found=$(aws secretsmanager list-secrets --output text \
    --query "SecretList[?Name=='$DATABASE_SECRET'].[ARN, Tags$tag]") || return
  if made_here "Secret $DATABASE_SECRET" "$found"; then
    aws secretsmanager delete-secret --secret-id "$DATABASE_SECRET" --force-delete-without-recovery --query Name \
      --output text || return
  fi
  found=$(aws ec2 describe-security-groups --filters Name=group-name,Values="$APP-database" --output text \
    --query "SecurityGroups[].[GroupId, Tags$tag]") || return
  while IFS= read -r found; do # each VPC may have one of that name
    if made_here "Security group $APP-database" "$found"; then
      aws ec2 delete-security-group --group-id "${found%%$'\t'*}" > /dev/null && echo "$APP-database" || return
    fi
  done <<< "$found"
}

# Whether something was made here, by its tag, which is last of what was found.
made_here() { # WHAT FOUND
  case $2 in
    *$'\t'run-ecs-migration) return ;;
    '' | None) echo "$1: gone already" ;;
    *) echo "$1: was not made here, and stays" ;;
  esac
  return 1
}

# The repository's record of what was created there, a name and its value on each line: a variable, so that another shell
# finds it a month later.
RECORD=RUN_ECS_MIGRATION_CREATED

# Name and value of each variable of the repository but the record, or of an environment, on a line each:
# variables [--env NAME]
variables() {
  gh variable list --repo "$OWNER/$REPOSITORY" "$@" --json name,value \
    --jq ".[] | select(.name != \"$RECORD\") | .name + \" \" + (.value | gsub(\"\n\"; \"\\\\n\"))"
}

# The same line, of one.
line() { echo "$1 ${2//$'\n'/\\n}"; } # NAME VALUE

# The value of a variable of the repository. Nothing where there is none.
value_of() { gh variable list --repo "$OWNER/$REPOSITORY" --json name,value --jq ".[] | select(.name == \"$1\").value"; }

# Writes the record, without empty lines.
write_record() {
  local lines
  if lines=$(grep . <<< "$1"); then
    gh variable set "$RECORD" --repo "$OWNER/$REPOSITORY" --body "$lines"
  else
    gh variable delete "$RECORD" --repo "$OWNER/$REPOSITORY"
  fi
}

# Takes out of NOT_SET what is tried again, by a pattern.
tried() {
  [ -z "${NOT_SET-}" ] || NOT_SET=$(tr ' ' '\n' <<< "$NOT_SET" | { grep -vxE -- "$1" || true; } | paste -s -d ' ' -)
}

# Notes in NOT_SET what did not come about.
not_set() {
  NOT_SET="${NOT_SET:+$NOT_SET }$1"
  return 1
}

# The names of a list, on a line each.
one_each() { tr -s ',[:space:]' '\n' <<< "$1" | grep .; }

# Sets a variable of the repository. One that was not created here, or has been changed since, stays as it is: others may
# use it. So does ALL_DATABASES where it would lose a name that is not among GONE. What is not set is noted in NOT_SET.
variable() { # NAME VALUE [GONE]
  local name=$PREFIX$1 now record gone
  NOT_SET=${NOT_SET-}
  tried "$name"
  if [ -z "$2" ] || [ "$2" = None ]; then
    echo "$name has no value: the step that makes it has not happened" >&2
  elif ! now=$(value_of "$name"); then
    : # GitHub said why
  elif [ "$now" = "$2" ]; then
    echo "$name: $2, as it was"
    return
  elif record=$(value_of "$RECORD"); then
    if [ -n "$now" ] && ! grep -qxF -- "$(line "$name" "$now")" <<< "$record"; then
      echo "$name is $now, not $2, and stays so. Do others use it? Set PREFIX among your values and paste from there on" \
        "again. Is it ours? gh variable set $name --repo $OWNER/$REPOSITORY --body '$2'" >&2
    elif [ "$1" = ALL_DATABASES ] && gone=$(one_each "$now" | grep -vxF -- "$(one_each "$2,${3-}")"); then
      echo "$name is $now, and stays so: without ${gone//$'\n'/ and } it would be $2. Is your file of values an older one? Put" \
        "DATABASES=$now there, and paste from its beginning on." >&2
      echo "On purpose: variable $1 '$2' '${gone//$'\n'/,}${3:+,$3}'" >&2
    elif gh variable set "$name" --repo "$OWNER/$REPOSITORY" --body "$2" &&
      write_record "$(sed "/^$name /d" <<< "$record")"$'\n'"$(line "$name" "$2")"; then
      echo "$name: $2${now:+ (was $now)}"
      return
    fi
  fi
  not_set "$name"
}

# Sets the variables that the outputs of a stack are for, as their descriptions say: variables_of migrations
variables_of() {
  local found name value
  tried "those-of-$1"
  if ! found=$(one aws cloudformation describe-stacks --stack-name "$APP-$1" --output text --query \
    "Stacks[0].Outputs[?contains(Description || '', 'Repository variable: ')].[Description, OutputValue]"); then
    not_set "those-of-$1"
    return
  fi
  while IFS=$'\t' read -r name value <&3; do variable "${name##*: }" "$value" || true; done 3<<< "$found"
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

# Creates an environment of the repository, for all branches or one: environment NAME [BRANCH]. One that exists stays as it
# is, for GitHub does not document what becomes of the rules that the request leaves out.
environment() {
  local names here there others record environments="repos/$OWNER/$REPOSITORY/environments"
  tried "$1/.*"
  names=$(gh api --paginate "$environments" --jq '.environments[].name') || return
  if grep -qixF -- "$1" <<< "$names"; then
    echo "Environment $1: exists, and stays as it is"
    here=$(variables) && there=$(variables --env "$1") || return
    others=$(grep -vxF -- "$here" <<< "$there" | cut -d ' ' -f 1 | grep -xF -- "$(read_by examples/workflows/*.yml)") || return 0
    echo "Environment $1 has its own ${others//$'\n'/ and }, which wins over ours. Delete it there, or set PREFIX among your" \
      "values and paste from there on again" >&2
    not_set "$1/${others//$'\n'/ $1/}"
    return
  fi
  if [ -z "${2:-}" ]; then
    gh api --method PUT "$environments/$1" --silent || return
  else
    gh api --method PUT "$environments/$1" --silent \
      --field 'deployment_branch_policy[protected_branches]=false' \
      --field 'deployment_branch_policy[custom_branch_policies]=true' || return
    gh api --method POST "$environments/$1/deployment-branch-policies" --silent --raw-field name="$2" || return
  fi
  echo "Environment $1: created"
  record=$(value_of "$RECORD") && write_record "$record"$'\n'"environments/$1 created"
}

# The variables that these examples read, by the names that the reader's copies have.
read_by() { grep -oh 'vars\.[A-Z_]*' "$@" | sed "s/vars\./$PREFIX/" | sort -u; }

# An example as the reader has it: the names of variables and databases, no environment where the branch is trusted, and no
# queue on GitHub Enterprise Server.
example() { # NAME
  awk -v prefix="vars.$PREFIX" -v databases="$DATABASES" -v trust="$TRUST" -v issuer="$ISSUER" '
    issuer != "token.actions.githubusercontent.com" && /^ +queue: max$/ { next } # GitHub Enterprise Server does not know it
    trust == "branch" && /^    environment: / { next }
    /^        default: fintech_experiment$/ { sub(/fintech_experiment/, databases); sub(/,.*/, "") }
    /^          - (healthtech_experiment|startupwebapp_prod)$/ { next }
    /^          - fintech_experiment$/ { sub(/fintech_experiment/, databases); gsub(/,/, "\n          - ") }
    { gsub(/vars\./, prefix); print }' "examples/workflows/$1.yml"
}

# The copies of an example in the application, edited or by another name: what its first line says, with our variables.
copies() { # EXAMPLE
  local first file
  first=$(head -n 1 "examples/workflows/$1.yml") || return
  for file in "$CHECKOUT"/.github/workflows/*.yml; do
    if [ -e "$file" ] && [ "$(head -n 1 "$file")" = "$first" ] && grep -q "vars\.${PREFIX}AWS_REGION" "$file"; then
      echo "${file##*/}"
    fi
  done
}

# Copies examples into the application, each by its name or another: workflows drift pipeline:migrate. A file that is there
# stays as it is.
workflows() {
  local name copy found
  settled && checked_out && mkdir -p "$CHECKOUT/.github/workflows" || return
  for name; do
    copy=$CHECKOUT/.github/workflows/${name#*:}.yml
    found=$(copies "${name%%:*}")
    if [ -n "$found" ]; then
      echo "$found: is there, and stays as it is; what is edited: diff <(example ${name%%:*}) $CHECKOUT/.github/workflows/${found%%$'\n'*}"
    elif [ -e "$copy" ]; then
      echo "$copy is a workflow of yours, or a copy with another PREFIX, and stays as it is. Take ours by another name, such as" \
        "'workflows ${name%%:*}:run-${name%%:*}': the commands to come find it" >&2
    else
      example "${name%%:*}" > "$copy" && echo "$copy: copied"
    fi
  done
}

# Whether CHECKOUT is a clone of the repository, and has what GitHub has.
checked_out() {
  local url
  url=$(git -C "$CHECKOUT" remote get-url --push origin | tr '[:upper:]' '[:lower:]') || return
  if [[ ${url%.git} != *[:/]$(tr '[:upper:]' '[:lower:]' <<< "$OWNER/$REPOSITORY") ]]; then
    echo "$CHECKOUT is a clone of ${url:-nothing}, not of $OWNER/$REPOSITORY" >&2
    return 1
  fi
  git -C "$CHECKOUT" fetch --quiet || return
  if [ -n "$(git -C "$CHECKOUT" log --format=%h '..@{upstream}')" ]; then
    echo "$CHECKOUT is older than what is on GitHub: git -C $CHECKOUT pull, and paste this again" >&2
    return 1
  fi
}

# Commits what changed in these files of the application, and pushes that alone, with what an earlier try could not push.
push() { # MESSAGE [FILE…]
  local message=$1 others
  shift
  others=$(git -C "$CHECKOUT" log --format=%s '@{upstream}..' | grep -vxF -- "$message") || others=
  if [ -n "$others" ]; then
    echo "$CHECKOUT has commits that are not pushed yet: ${others//$'\n'/, }. Push them, and paste this again" >&2
    return 1
  fi
  [ $# -eq 0 ] || git -C "$CHECKOUT" diff --cached --quiet -- "$@" ||
    git -C "$CHECKOUT" diff --cached --name-only -- "$@" |
    git -C "$CHECKOUT" commit --quiet --message "$message" --pathspec-from-file=- || return
  git -C "$CHECKOUT" push --quiet
}

# Commits and pushes the copies of these examples: publish MESSAGE EXAMPLE…
publish() {
  local name file files=()
  settled && checked_out || return
  for name in "${@:2}"; do
    while read -r file; do files+=(".github/workflows/$file"); done < <(copies "$name")
  done
  [ ${#files[@]} -eq 0 ] || { git -C "$CHECKOUT" add -- "${files[@]}" && push "$1" "${files[@]}"; }
}

# Removes the copies of these examples, pushes that, and deletes the variables that were created for them:
# withdraw MESSAGE EXAMPLE…
withdraw() {
  local name file files=() examples=()
  checked_out || return
  for name in "${@:2}"; do
    examples+=("examples/workflows/$name.yml")
    while read -r file; do files+=(".github/workflows/$file"); done < <(copies "$name")
    file=.github/workflows/$name.yml
    if [ -e "$CHECKOUT/$file" ] && [[ " ${files[*]-} " != *" $file "* ]]; then
      echo "$file is a workflow of yours, or a copy with another PREFIX, and stays" >&2
    fi
  done
  if [ ${#files[@]} -eq 0 ]; then
    prefix_fits || return
    echo "Workflows: gone already"
    push "$1" || return
  else
    git -C "$CHECKOUT" rm --quiet --ignore-unmatch -- "${files[@]}" && push "$1" "${files[@]}" || return
    echo "Workflows: ${files[*]##*/} removed"
  fi
  drop "${examples[@]}"
}

# Which files of the application have this in what GitHub runs: found OPTION… PATTERN. Fails where it cannot look.
found() { git -C "$CHECKOUT" grep --name-only "$@" -- .github || [ $? -eq 1 ]; }

# Deletes the variables of these examples that were created here, with this PREFIX, and are as they were, unless a workflow
# reads them.
drop() { # EXAMPLE…
  local names record known name value readers kept=''
  names=$(PREFIX='' read_by "$@" | paste -s -d '|' -) && record=$(value_of "$RECORD") && known=$(variables) && found . > /dev/null || return
  if [ -z "$record" ]; then echo "Variables: gone already"; return; fi
  while read -r name value; do
    if [[ ! $name =~ ^$PREFIX($names)$ ]]; then
      [[ ! $name =~ ($names)$ ]] || echo "$name: was created with another PREFIX, and stays"
    elif ! grep -q "^$name " <<< "$known"; then
      echo "$name: gone already"
      continue
    elif ! grep -qxF -- "$name $value" <<< "$known"; then
      echo "$name: is not what it was set to, and stays"
      continue
    elif readers=$(found -iwE "vars *(\.|\[ *['\"]) *$name") && [ -n "$readers" ]; then
      echo "$name: stays, for it is read by ${readers//$'\n'/ and }"
    elif gh variable delete "$name" --repo "$OWNER/$REPOSITORY"; then
      echo "$name: deleted"
      continue
    fi
    kept+="$name $value"$'\n'
  done <<< "$record"
  write_record "$kept"
}

# Deletes an environment that was created here, unless a workflow names it.
remove_environment() { # NAME
  local record names users others environments="repos/$OWNER/$REPOSITORY/environments"
  checked_out && record=$(value_of "$RECORD") && names=$(gh api --paginate "$environments" --jq '.environments[].name') &&
    users=$(found -E "(environment|name): *[\"']?$1[\"']?([[:space:]]|\$)") || return
  if ! grep -qixF -- "$1" <<< "$names"; then
    echo "Environment $1: gone already"
  elif ! grep -qxF -- "environments/$1 created" <<< "$record"; then
    echo "Environment $1: was not created here, and stays"
    return
  elif others=$(grep -oE '^[A-Z0-9_]*MIGRATION_ROLE ' <<< "$record" | grep -vxF -- "${PREFIX}MIGRATION_ROLE "); then
    echo "Environment $1: stays, for another PREFIX has ${others//$'\n'/and}"
    return
  elif [ -n "$users" ]; then
    echo "Environment $1: stays, for it is named by ${users//$'\n'/ and }"
    return
  else
    gh api --method DELETE "$environments/$1" --silent && echo "Environment $1: deleted" || return
  fi
  [ -z "$record" ] || write_record "$(sed "\\#^environments/$1 #d" <<< "$record")"
}

# Starts the copy of an example, and waits for its end: start EXAMPLE.yml [--field NAME=VALUE]…
start() {
  local id file
  [ -z "${NOT_SET:-}" ] || { settled; return; }
  file=$(copies "${1%.yml}") || return
  if grep -qxF -- "$1" <<< "$file"; then file=$1; else file=${file%%$'\n'*}; fi
  if [ -z "$file" ]; then
    echo "$1 is not started: no copy of it is in $CHECKOUT/.github/workflows. The block with 'workflows … ${1%.yml}' in" \
      "docs/setup.md or docs/recipes.md makes one" >&2
    return 1
  fi
  gh workflow run "$file" --repo "$OWNER/$REPOSITORY" "${@:2}" && sleep 10 &&
    id=$(one gh run list --repo "$OWNER/$REPOSITORY" --workflow "$file" --limit 1 --json databaseId --jq '.[0].databaseId') &&
    gh run watch "${id:?}" --repo "$OWNER/$REPOSITORY" --exit-status
}
