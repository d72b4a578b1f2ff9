"""Plays docs/setup.md and docs/recipes.md: the blocks of the pages, by bash, with the AWS CLI against moto, an AWS in memory.

What it shows: pasted from top to bottom the page makes what the workflows ask for, from an empty account as well as beside
what a team has already; taking it down takes it away; and where a step finds nothing, no later one goes on with an empty
value. The GitHub CLI is stood in for by stand-ins/gh.

What it cannot show: that AWS and GitHub accept it all. moto is kinder than AWS: it checks few values and no permissions,
databases and stacks are there at once, and a stack that fails is not rolled back, so that one is called so here. In an
update it makes anew what has not changed, so that step 3 is not repeated on its stack. It gives addresses and endpoints no
tag of their stack, so that the commands that look for them by it find none. It lacks AWS::IAM::OIDCProvider,
AWS::SecretsManager::Secret, the outputs and the description of what a change set made, and the deletion of a stack's NAT
gateway, address and task definition, which are added below.

    python scripts/infra/play-setup.py
"""

import json
import logging
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ProcessPoolExecutor

# Never the developer's own account: moto answers every call, and no real credentials are even at hand.
for variable in [name for name in os.environ if name.startswith(("AWS_", "GH_", "GITHUB_"))]:
    del os.environ[variable]
os.environ.update(AWS_ACCESS_KEY_ID="play", AWS_SECRET_ACCESS_KEY="play", AWS_DEFAULT_REGION="eu-west-1")

import boto3  # noqa: E402
import moto.iam.models  # noqa: E402
import moto.secretsmanager.models  # noqa: E402
from moto.cloudformation.models import CloudFormationBackend, cloudformation_backends  # noqa: E402
from moto.core import DEFAULT_ACCOUNT_ID as ACCOUNT  # noqa: E402
from moto.core.common_models import CloudFormationModel  # noqa: E402
from moto.ec2.models.elastic_ip_addresses import ElasticAddress  # noqa: E402
from moto.ec2.models.nat_gateways import NatGateway  # noqa: E402
from moto.ecs.models import TaskDefinition  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
STAND_INS = ROOT / "scripts" / "infra" / "stand-ins"
FROM_NOTHING = [
    "Before you begin",
    "A new database",
    "A NAT gateway",
    "3. Everything else in AWS",
    "4. GitHub",
    "5. The first migration",
    "The other databases",
    "Where things stand",
    "When a stack does not come up",
]
BESIDE_WHAT_IS_THERE = [
    "Before you begin",
    "You have a database already",
    "You have subnets with a NAT gateway already",
    "3. Everything else in AWS",
    "4. GitHub",
    "5. The first migration",
]
WITHOUT_NAT = ["Before you begin", "A new database", "A public address, for nothing"]
BY_ENDPOINTS = ["VPC endpoints", "3. Everything else in AWS"]
NEW_DATABASE = ["Before you begin", "A new database"]
NEW_SHELL = [*NEW_DATABASE, "A NAT gateway", "4. GitHub"]
DOWN = ["Before you begin", "Taking it down"]
ENVIRONMENT = ["The environment"]
TRY = ["The database too, if this was a try"]
RECORD = "RUN_ECS_MIGRATION_CREATED"
BY_ANOTHER_NAME = '''
echo '# edited' >> "$CHECKOUT/.github/workflows/dry-run.yml"
workflows pipeline:run-pipeline dry-run create-databases
publish 'Migrate' pipeline dry-run create-databases && start pipeline.yml --field database="${DATABASES%%,*}"
'''
RECIPES = ["Jobs that nobody approves"]
RECIPES_DOWN = ["Taking the recipes down"]
RECIPES_ENVIRONMENT = ["The environment of the recipes"]
PUBLISHED = "startup/run-ecs-migration"  # not the placeholder


class OidcProvider(CloudFormationModel):
    """AWS::IAM::OIDCProvider, which moto cannot make: kept by moto's own IAM, and retained as the template says."""

    __module__ = "moto.iam.models"  # by which moto sorts its models

    @staticmethod
    def cloudformation_type():
        return "AWS::IAM::OIDCProvider"

    @staticmethod
    def cloudformation_name_type():
        return ""

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **_):
        wanted = cloudformation_json["Properties"]
        iam = moto.iam.models.iam_backends[account_id]["aws"]
        provider = cls()
        provider.physical_resource_id = iam.create_open_id_connect_provider(
            wanted["Url"], [], wanted["ClientIdList"], []
        ).arn
        return provider

    @classmethod
    def delete_from_cloudformation_json(cls, *_):
        pass


class Secret(CloudFormationModel):
    """AWS::SecretsManager::Secret with a password that is made, kept by moto's own Secrets Manager."""

    __module__ = "moto.secretsmanager.models"

    @staticmethod
    def cloudformation_type():
        return "AWS::SecretsManager::Secret"

    @staticmethod
    def cloudformation_name_type():
        return ""

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **_):
        wanted = cloudformation_json["Properties"]["GenerateSecretString"]
        login = {**json.loads(wanted["SecretStringTemplate"]), wanted["GenerateStringKey"]: "made by the stack"}
        secret = cls()
        secret.kept_by = moto.secretsmanager.models.secretsmanager_backends[account_id][region_name]
        made = secret.kept_by.create_secret(resource_name, json.dumps(login), None, None, [], None, None, [], False)
        secret.physical_resource_id = json.loads(made)["ARN"]
        return secret

    def delete(self, *_):
        self.kept_by.delete_secret(self.physical_resource_id, None, True)


NatGateway.delete = lambda gateway, *_: gateway.ec2_backend.delete_nat_gateway(gateway.id)
TaskDefinition.delete = lambda definition, *_: setattr(definition, "status", "INACTIVE")
ElasticAddress.delete = lambda address, *_: address.ec2_backend.release_address(allocation_id=address.allocation_id)
execute_change_set = CloudFormationBackend.execute_change_set


def execute_with_outputs(backend, *names, **named):
    execute_change_set(backend, *names, **named)
    for stack in backend.stacks.values():
        stack._parse_template()
        stack.description = stack.template_dict.get("Description")
        stack.output_map = stack._create_output_map()


CloudFormationBackend.execute_change_set = execute_with_outputs


def blocks(page):
    """The shell commands below each heading, those in the cells of a table too."""
    found, heading, inside = {}, "", False
    for line in page.splitlines():
        command = re.match(r"\| .*\? \| `(.*)` \|$", line)
        if line.startswith("```"):
            inside = line == "```sh"
        elif inside or command:
            found.setdefault(heading, []).append(command[1] if command else line)
        elif line.startswith("#"):
            heading = line.lstrip("# ")
    return {heading: "\n".join(lines) for heading, lines in found.items()}


PAGES = [blocks((ROOT / "docs" / page).read_text()) for page in ["setup.md", "recipes.md"]]
BLOCKS = {heading: commands for page in PAGES for heading, commands in page.items()}


def expect(condition, complaint):
    if not condition:
        sys.exit(f"playing docs/setup.md and docs/recipes.md failed: {complaint}")


class Reader:
    """One reader's machine, with an AWS and a GitHub of its own."""

    def __init__(self, prefix=""):
        self.prefix = prefix  # of our variables at GitHub
        self.clients = {}
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="play-setup-"))
        self.moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self.moto.start()
        self.url = "http://{}:{}".format(*self.moto.get_host_and_port())
        urllib.request.urlopen(urllib.request.Request(f"{self.url}/moto-api/reset", method="POST")).close()
        self.environment = {
            "PATH": f"{STAND_INS}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "PLAY": str(self.home),
            "PLAY_AWS": str(pathlib.Path(sys.executable).parent / "aws"),
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "play",
            "AWS_SECRET_ACCESS_KEY": "play",
        }
        for part in ["infra", "examples/workflows"]:
            shutil.copytree(ROOT / part, self.home / "action" / part)
        # The action's repository, as far as the page reads it, and the application's.
        self.run(
            'git config --global user.name play; git config --global user.email play@example.com\n'
            'git config --global init.defaultBranch main\n'
            f'git config --global "url.file://$HOME/action.insteadOf" https://github.com/{PUBLISHED}\n'
            'git init -q action; cd action; git commit -q --allow-empty -m v0; git tag v0\n'
            'git add .; git commit -qm v1; git tag v1; cd ..\n'
            'git init -q --bare startup/webapp.git; git clone -q startup/webapp.git webapp; cd webapp\n'
            'git commit -q --allow-empty -m start; git push -q origin HEAD:main'
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.moto.stop()
        shutil.rmtree(self.home)

    def run(self, script, *, at_a_prompt=False, **environment):
        """Runs commands in a new shell: as a script, that ends at the first failure, or as at a prompt, where it goes on."""
        options = ["--norc", "-i"] if at_a_prompt else ["-euo", "pipefail"]
        done = subprocess.run(
            ["bash", *options],
            input=script,
            cwd=tempfile.mkdtemp(dir=self.home) if "run-ecs-migration" in script and "insteadOf" not in script else self.home,
            env={**self.environment, **environment},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,  # what is awaited never happens
        )
        expect(at_a_prompt or done.returncode == 0, f"exit {done.returncode} after\n{done.stdout}")
        return done.stdout

    def paste(self, headings, values=(), then="", **how):
        """Plays the blocks below these headings, with other values in the head for the reader's own, and more commands."""
        script = "\n".join([*(BLOCKS[heading] for heading in headings), then])
        script = re.sub(r"^ACTION=\S+", f"ACTION={PUBLISHED}", script, flags=re.M)
        for old, new in values:
            expect(script.count(old) == 1, f"the head says {old} {script.count(old)} times")
            script = script.replace(old, new)
        printed = self.run(script, **how)
        expect(not re.search(r"^\s*[{}]|ValidationError(?!.*No updates)", printed, re.M), f"a screen of JSON, or of errors:\n{printed}")
        return printed

    def client(self, service):
        if service not in self.clients:
            self.clients[service] = boto3.client(service, endpoint_url=self.url)
        return self.clients[service]

    def variables(self):
        return {file.name: file.read_text() for file in (self.home / "variables").glob("*")}

    def ours(self):
        """Our variables, by the names that they have without a prefix."""
        variables = self.variables().items()
        return {name.removeprefix(self.prefix): value for name, value in variables if name.startswith(self.prefix) and name != RECORD}

    def pushed(self):
        """The workflows on the default branch of the application, by file name."""
        names = self.run("git -C startup/webapp.git ls-tree -r --name-only main").split()
        return {pathlib.Path(name).name: self.run(f"git -C startup/webapp.git show main:{name}") for name in names}

    def left(self):
        """What a reader would still pay for, or trip over."""
        iam, ec2, ecs = self.client("iam"), self.client("ec2"), self.client("ecs")
        return {
            "task definitions": [
                arn for status in ["ACTIVE", "INACTIVE"] for arn in ecs.list_task_definitions(status=status)["taskDefinitionArns"]
            ],
            "NAT gateways": [n["NatGatewayId"] for n in ec2.describe_nat_gateways()["NatGateways"] if n["State"] != "deleted"],
            "endpoints": [e["VpcEndpointId"] for e in ec2.describe_vpc_endpoints()["VpcEndpoints"]],
            "addresses": [a["PublicIp"] for a in ec2.describe_addresses()["Addresses"]],
            "security groups": sorted(g["GroupName"] for g in ec2.describe_security_groups()["SecurityGroups"]),
            "stacks": [s["StackName"] for s in self.client("cloudformation").describe_stacks()["Stacks"]],
            "roles": [r["RoleName"] for r in iam.list_roles()["Roles"] if "/aws-service-role/" not in r["Path"]],
            "repositories": [r["repositoryName"] for r in self.client("ecr").describe_repositories()["repositories"]],
            "log groups": [g["logGroupName"] for g in self.client("logs").describe_log_groups()["logGroups"]],
            "databases": [d["DBInstanceIdentifier"] for d in self.client("rds").describe_db_instances()["DBInstances"]],
            "secrets": [s["Name"] for s in self.client("secretsmanager").list_secrets()["SecretList"]],
            "variables": self.variables(),
            "environments": {file.name: file.read_text() for file in (self.home / "environments").glob("*")},
            "workflows": sorted(self.pushed()),
        }


def check_what_github_knows(reader, environment):
    workflows = reader.pushed()
    wanted = set(re.findall(r"vars\.(\w+)", "".join(workflows.values())))
    ours = {reader.prefix + name for name in reader.ours()}
    expect(wanted == ours, f"the workflows ask for {sorted(wanted)}, and set are {sorted(ours)}")
    named = re.findall(r"^ *environment: .*", "".join(workflows.values()), re.M)
    expect(bool(named) == environment, f"the workflows name the environments {named}")


def check_that_variables_lead_somewhere(reader):
    """Each call fails where moto has nothing of that name."""
    known = reader.ours()
    ecs, ec2, iam = reader.client("ecs"), reader.client("ec2"), reader.client("iam")
    clusters = ecs.describe_clusters(clusters=[known["ECS_CLUSTER"]])["clusters"]
    expect([cluster["status"] for cluster in clusters] == ["ACTIVE"], f"the cluster is there: {clusters}")
    container = ecs.describe_task_definition(taskDefinition=known["MIGRATION_TASK_DEFINITION"])["taskDefinition"]["containerDefinitions"][0]
    for setting in filter(None, container["environment"]):
        module = ROOT / "examples" / "django" / f"{setting['value'].replace('.', '/')}.py"
        expect(setting["name"] != "DJANGO_SETTINGS_MODULE" or module.exists(), f"the example has no module {setting['value']}")
    ec2.describe_subnets(SubnetIds=known["MIGRATION_SUBNETS"].split(","))
    ec2.describe_security_groups(GroupIds=[known["MIGRATION_SECURITY_GROUPS"]])
    reader.client("ecr").describe_repositories(repositoryNames=[known["IMAGE_REPOSITORY"].split("/", 1)[1]])
    for role in [name for name in known if name.endswith("_ROLE")]:
        iam.get_role(RoleName=known[role].rsplit("/", 1)[1])
    if "CHECK_TASK_DEFINITION" in known:
        check = ecs.describe_task_definition(taskDefinition=known["CHECK_TASK_DEFINITION"])["taskDefinition"]
        logins = {login["valueFrom"].rsplit(":", 3)[0] for login in check["containerDefinitions"][0]["secrets"]}
        expect(logins == {known["CHECK_SECRET"]}, f"checks connect with {logins}")
        secret = json.loads(reader.client("secretsmanager").get_secret_value(SecretId=known["CHECK_SECRET"])["SecretString"])
        server = reader.client("rds").describe_db_instances(DBInstanceIdentifier=known["DATABASE_INSTANCE"])["DBInstances"][0]
        expect(secret["host"] == server["Endpoint"]["Address"] and secret["username"] == "checks", f"the login is {secret}")


def check_that_all_databases_are_made(reader):
    """The first with the server, all others by the task that create-databases.yml starts."""
    wanted = reader.variables()["ALL_DATABASES"].split(",")
    server = reader.client("rds").describe_db_instances()["DBInstances"][0]
    expect(server["DBName"] == wanted[0], f"the server begins with {server['DBName']}")
    calls = (reader.home / "gh.log").read_text()
    expect(f"--field names={' '.join(wanted)}\n" in calls, f"{wanted} are created:\n{calls}")
    expect(re.search("create-databases.yml.*database=all", calls, re.S), f"all are migrated when all are there:\n{calls}")


def from_nothing():
    with Reader() as reader:
        before = reader.left()
        printed = reader.paste(FROM_NOTHING)
        nat, *more = reader.left()["NAT gateways"]
        expect(nat in printed and not more, f"{nat} is not said to cost:\n{printed}")
        known = reader.left()
        old = f"git clone -q https://github.com/{PUBLISHED} run-ecs-migration; git -C run-ecs-migration tag -f v1 v0\n"
        another_subnet = ("way_out nat-gateway", "PUBLIC=subnet-1234; way_out nat-gateway")
        reader.paste(NEW_SHELL, values=[("HERE=", f"{old}HERE="), another_subnet])
        expect(reader.left() == known, f"pasting again changes {known} into {reader.left()}")
        a_stale_paste(reader)
        a_second_application(reader)
        check_what_github_knows(reader, environment=True)
        check_that_variables_lead_somewhere(reader)
        check_that_all_databases_are_made(reader)
        a_database_later(reader)
        (reader.home / "variables" / "ECS_CLUSTER").write_text("crm")  # now it is somebody else's
        (reader.home / "production").mkdir()
        (reader.home / "production" / "BUILD_ROLE").write_text("theirs")
        started = (reader.home / "gh.log").read_text().count("workflow run")
        printed = reader.paste(["Before you begin", *FROM_NOTHING[4:7]], at_a_prompt=True)
        expect("ECS_CLUSTER is crm" in printed, f"nothing is said of a variable with another value:\n{printed}")
        expect("has its own BUILD_ROLE, which wins" in printed, f"nothing is said of the environment's variable:\n{printed}")
        unset = "Not set: MIGRATION_SUBNETS MIGRATION_PUBLIC_IP ECS_CLUSTER production/BUILD_ROLE."
        expect(unset in printed, f"it is not said what was not set:\n{printed}")
        last = next(line for line in BLOCKS["4. GitHub"].splitlines() if line.startswith("variables_of"))
        recipes = re.search("^NOT_SET=.*", (ROOT / "docs" / "recipes.md").read_text(), re.M)[0]
        then = f'{last}\n{recipes}\nvariable AWS_REGION "$AWS_REGION"\nstart pipeline.yml'
        printed = reader.paste(["Before you begin", "4. GitHub"], values=[(last, then)], at_a_prompt=True)
        expect("ECS_CLUSTER. Mend" in printed, f"the recipes forget what step 4 did not set:\n{printed}")
        expect((reader.home / "gh.log").read_text().count("workflow run") == started, f"step 5 goes on:\n{printed}")
        another = "OWNER=startup REPOSITORY=webapp PREFIX=OTHER_; . action/infra/setup.sh; variable BUILD_ROLE x;"
        reader.run(f"{another} variable MIGRATION_ROLE x; variable MIGRATION_TASK_DEFINITION startupwebapp-migration-task")
        known = reader.left()
        printed = reader.paste([*DOWN, *ENVIRONMENT, *TRY], at_a_prompt=True)
        others = {name: value for name, value in known["variables"].items() if name.startswith("OTHER_")}
        left = reader.left()
        record = left["variables"].pop(RECORD)
        kept = {**known, "variables": {"ECS_CLUSTER": "crm", **others}, "workflows": []}
        expect(left == kept and record.count("OTHER_") == 3, f"with another PREFIX that is not published, {left} {record}:\n{printed}")
        expect("OTHER_BUILD_ROLE: was created with another PREFIX" in printed, f"what becomes of the others:\n{printed}")
        expect("set PREFIX='OTHER_'" in printed, f"it is not said how to go on:\n{printed}")
        reader.paste([*DOWN, *ENVIRONMENT, *TRY], values=[("PREFIX='' ", "PREFIX=OTHER_ ")])
        printed = reader.paste([*DOWN, *ENVIRONMENT, *TRY])
        expect(printed.count("gone already") == 8, f"the second time it says:\n{printed}")
        expect(reader.left() == {**before, "variables": {"ECS_CLUSTER": "crm"}}, f"left after taking it down: {reader.left()}")


def a_stale_paste(reader):
    """Step 3 with an older file of values. The deployment itself is left out, for moto would make the stack anew."""
    known = {"VPC": "vpc-1", "DATABASE_GROUP": "sg-1", "SECRET": "arn:aws:secretsmanager:eu-west-1:1:secret:x"}
    no_deployment = ("deploy migrations", 'aws() { [ "$2" = deploy ] || command aws "$@"; }\ndeploy migrations')
    stale = [no_deployment, ("TRUST=environment", "TRUST=branch"), ("PROCESSOR=X86_64", "PROCESSOR=ARM64")]
    printed = reader.paste(["Before you begin", "3. Everything else in AWS"], values=stale, **known)
    for change in ["GitHubTrust: branch (was environment)", "CpuArchitecture: ARM64 (was X86_64)"]:
        expect(f"startupwebapp-migrations, {change}" in printed, f"a stale paste changes in silence:\n{printed}")
    expect("AppName: " not in printed, f"what is as it was is printed:\n{printed}")


def a_second_application(reader):
    """In the same VPC, where the ranges of the NAT gateway's subnets are taken."""
    known = reader.left()
    subnets = reader.variables()["MIGRATION_SUBNETS"].split(",")
    ec2 = reader.client("ec2")
    vpc = ec2.describe_subnets(SubnetIds=subnets)["Subnets"][0]["VpcId"]
    second = [("APP=startupwebapp ", "APP=second ")]
    printed = reader.paste(["Before you begin", "A NAT gateway"], values=second, at_a_prompt=True, VPC=vpc)
    expect(reader.left() == known and "Taken in this VPC: 172.31.240.0/24" in printed, f"{reader.left()}\n{printed}")
    table = next(t for t in ec2.describe_route_tables()["RouteTables"] if any("NatGatewayId" in route for route in t["Routes"]))
    made = [ec2.associate_route_table(RouteTableId=table["RouteTableId"], SubnetId=subnet) for subnet in subnets]  # moto's stacks lack it
    printed = reader.paste(["Before you begin", "You have subnets with a NAT gateway already"], values=second, VPC=vpc)
    expect(sorted(re.search(r"Subnets: (\S+),", printed)[1].split(",")) == sorted(subnets), f"not {subnets}:\n{printed}")
    for association in made:
        ec2.disassociate_route_table(AssociationId=association["AssociationId"])


def a_database_later(reader):
    """Plays the recipe's commands, which stand within its sentences, and then pastes step 4 with values of before it."""
    recipe = (ROOT / "docs" / "recipes.md").read_text().split("## Add a database later")[1].split("\n## ")[0]
    commands = [command.replace("NAME", "crm") for command in re.findall(r"`((?:variable|start) [^`]*)`", recipe)]
    edit = (
        'cd "$CHECKOUT"; sed -i "s/^          - all$/          - crm\\n&/" .github/workflows/pipeline.yml; '
        "git commit -qam 'Add crm'; git push -q; cd - > /dev/null; NOT_SET=''"
    )
    now = ("startupwebapp_prod   #", "startupwebapp_prod,crm   #")
    began = reader.variables()["ALL_DATABASES"]
    reader.paste(["Before you begin"], values=[now], then="\n".join([edit, *commands]))
    expect(reader.variables()["ALL_DATABASES"] == f"{began},crm", f"the recipe has {commands}")
    calls = (reader.home / "gh.log").read_text()
    expect(re.search("names=crm.*database=crm", calls, re.S), f"the recipe's commands make {calls}")
    known = reader.variables()
    printed = reader.paste(["Before you begin", "4. GitHub"], at_a_prompt=True)
    expect(reader.variables() == known, f"an older file of values takes a database out:\n{printed}")
    expect("crm" in printed.split("ALL_DATABASES", 1)[1] and "Not set:" in printed, f"it is not said what would go:\n{printed}")
    on_purpose = re.search(r"On purpose: (variable .*)", printed)[1]
    expect(on_purpose == f"variable ALL_DATABASES '{began}' 'crm'", f"on purpose: {on_purpose}")
    printed = reader.paste(["Before you begin"], then=on_purpose)
    expect(f"ALL_DATABASES: {began} (was {began},crm)" in printed, f"what {on_purpose} changes:\n{printed}")


def interrupted():
    """A new database, by a shell that ends before the instance is made, and one whose login expires while it is awaited."""
    with Reader() as reader:
        server, secret, _ = their_own(reader)
        before = reader.left()
        theirs = [("DATABASE_SERVER=$APP ", f"DATABASE_SERVER={server} "), ("DATABASE_SECRET=rds/$APP ", f"DATABASE_SECRET={secret} ")]
        printed = reader.paste(NEW_DATABASE, values=theirs, at_a_prompt=True)
        expect(reader.left() == before, f"made for a database that is there: {reader.left()} {printed}")
        expect("You have a database already" in printed and "\nDatabase: " not in printed, f"it goes on:\n{printed}")
        reader.paste(NEW_DATABASE, values=[('[ -n "$SERVER" ] ||', "exit;")], at_a_prompt=True)
        printed = reader.paste(NEW_DATABASE, values=[("aws rds wait", "export PLAY_NOTHING=1; aws rds wait")], at_a_prompt=True)
        expect("host" not in login(reader) and "\nDatabase: " not in printed, f"it ends as if nothing had happened:\n{printed}")
        for _ in range(2):
            reader.paste(NEW_DATABASE)
            calls = re.findall("^rds create-db-instance.*", (reader.home / "aws.log").read_text(), re.M)
            expect(len(calls) == 1, f"the database is made twice: {calls}")
            password = re.search(r"--master-user-password (\w{32}) ", calls[0])[1]
            server = reader.client("rds").describe_db_instances(DBInstanceIdentifier="startupwebapp")["DBInstances"][0]
            wanted = {"username": "app", "password": password, "host": server["Endpoint"]["Address"], "port": "5432"}
            expect(login(reader) == wanted, f"the secret has {login(reader)}, the database {wanted}")


def login(reader):
    return json.loads(reader.client("secretsmanager").get_secret_value(SecretId="rds/startupwebapp")["SecretString"])


def beside_what_is_there():
    with Reader(prefix="MIGRATE_") as reader:
        server, secret, subnets = their_own(reader)
        at_github = {
            "environments/production": "reviewers: 42",
            "variables/AWS_REGION": "where the CRM is",
            "variables/MIGRATE_ALL_DATABASES": "crm,crm_archive",
            "production/CRM": "1",
        }
        for file, theirs in at_github.items():
            (reader.home / file).parent.mkdir(exist_ok=True)
            (reader.home / file).write_text(theirs)
        reader.run(
            "cd webapp; mkdir -p .github/workflows; echo 'name: Theirs, it deploys' > .github/workflows/pipeline.yml\n"
            "git add .; git commit -qm theirs; git push -q; echo half > half-done; git add half-done"
        )
        group = {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "crm"}}
        reader.client("cloudformation").create_stack(
            StackName="startupwebapp-network", TemplateBody=json.dumps({"Resources": {"Log": group}})
        )
        reader.client("secretsmanager").create_secret(Name="crm/managed", SecretString='{"username":"app","password":"x"}')
        before = reader.left()
        database = ("DATABASE_SERVER=$APP ", f"DATABASE_SERVER={server} ")
        managed = [database, ("DATABASE_SECRET=rds/$APP ", "DATABASE_SECRET=crm/managed ")]
        printed = reader.paste(BESIDE_WHAT_IS_THERE[:2], values=managed, at_a_prompt=True)
        expect("has no host" in printed and "\nDatabase: " not in printed, f"a login without a host is enough:\n{printed}")
        first = 'start pipeline.yml --field database="${DATABASES%%,*}"'
        printed = reader.paste(
            [*BESIDE_WHAT_IS_THERE, *RECIPES],
            values=[
                database,
                ("DATABASE_SECRET=rds/$APP ", f"DATABASE_SECRET={secret} "),
                ("DJANGO_SETTINGS=startupwebapp.settings", "DJANGO_SETTINGS="),
                ("DATABASES=fintech_experiment,healthtech_experiment,startupwebapp_prod", "DATABASES=crm,crm_archive"),
                ("PREFIX='' ", "PREFIX=migrate- "),
                ("NOT_SET=''", "PREFIX= variable BUILD_ROLE 'of a paste before PREFIX was set'; NOT_SET=''"),
                (first, f"{first}\n{BY_ANOTHER_NAME}"),
            ],
            at_a_prompt=True,
        )
        pushed = reader.pushed()
        expect(pushed["pipeline.yml"].startswith("name: Theirs") and "half-done" not in pushed, f"theirs is pushed: {pushed}")
        expect("pipeline.yml is a workflow of yours" in printed and "pipeline.yml is not started" in printed, printed)
        expect(pushed["dry-run.yml"].endswith("# edited\n"), f"pasted again, it overwrites an edit:\n{printed}")
        calls = (reader.home / "gh.log").read_text()
        expect("run run-pipeline.yml" in calls and "run pipeline.yml" not in calls, f"started is:\n{calls}")
        check_what_github_knows(reader, environment=True)
        check_that_variables_lead_somewhere(reader)
        expect(reader.ours()["MIGRATION_SUBNETS"].split(",") == subnets, f"the subnets are those with a NAT: {subnets}")
        providers = reader.client("iam").list_open_id_connect_providers()["OpenIDConnectProviderList"]
        expect(len(providers) == 1, f"no second OIDC provider beside theirs, but {providers}")
        expect("queue: max" in pushed["plan.yml"], f"on GitHub.com the queue stays: {pushed['plan.yml']}")
        expect(re.search("options: .*\n +- crm\n +- crm_archive\n +- all\n", pushed["plan.yml"]), f"the choice is {pushed['plan.yml']}")
        reader.run("cd webapp; git rm -q .github/workflows/drift.yml; git commit -qm gone -- .github/workflows; git push -q")
        down = ["Before you begin", *RECIPES_DOWN, *DOWN[1:], *ENVIRONMENT, *RECIPES_ENVIRONMENT, *TRY]
        secret_and_prefix = [("DATABASE_SECRET=rds/$APP ", f"DATABASE_SECRET={secret} "), ("PREFIX='' ", "PREFIX=migrate- ")]
        known = reader.left()
        printed = reader.paste(down, values=[database, secret_and_prefix[0]], at_a_prompt=True)
        expect(reader.left() == known, f"without PREFIX something is deleted, {known} becomes {reader.left()}:\n{printed}")
        expect(printed.count("PREFIX is ''") == 6 and "set PREFIX='MIGRATE_'" in printed, f"PREFIX is not asked for:\n{printed}")
        printed = reader.paste(down, values=[database, *secret_and_prefix])
        expect("BUILD_ROLE: was created with another PREFIX" in printed, f"what a paste before PREFIX was set left:\n{printed}")
        reader.paste(DOWN, values=[(stack, "true") for stack in ["take_down migrations migration-task", "take_down network"]])
        expect("Environment production: was not created here" in printed, f"what becomes of theirs:\n{printed}")
        expect(reader.run("git -C webapp diff --cached --name-only").split() == ["half-done"], "what was staged is committed")
        expect(reader.left() == before, f"theirs was touched, or something was left: {before}, {reader.left()}")


def recipes():
    """After the shortest way of docs/setup.md, where what a team has is called as ours."""
    with Reader() as reader:
        ec2, ecs = reader.client("ec2"), reader.client("ecs")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        ec2.create_security_group(GroupName="startupwebapp-database", Description="theirs", VpcId=vpc)
        container = {"name": "web", "image": "web", "memory": 128}
        theirs = ecs.register_task_definition(family="startupwebapp-migration-task", containerDefinitions=[container])
        ecs.deregister_task_definition(taskDefinition=theirs["taskDefinition"]["taskDefinitionArn"])
        before = reader.left()
        setup = [*WITHOUT_NAT, "3. Everything else in AWS", "4. GitHub", "5. The first migration"]
        branch = [("TRUST=environment", "TRUST=branch")]
        reader.paste([*setup, *RECIPES], values=branch)
        check_what_github_knows(reader, environment=False)
        check_that_variables_lead_somewhere(reader)
        reader.run(
            """cd webapp; echo "run: echo \\${{ vars['build_role'] }}" > .github/workflows/theirs.yml\n"""
            "git add .; git commit -qm theirs; git push -q"
        )
        known = reader.variables()
        changed = {"ALL_DATABASES": f"{known['ALL_DATABASES']}\ncrm", "BUILD_ROLE": known["BUILD_ROLE"]}
        (reader.home / "variables" / "ALL_DATABASES").write_text(changed["ALL_DATABASES"])
        printed = reader.paste(["Before you begin", "4. GitHub"], values=branch, at_a_prompt=True)
        expect(reader.variables()["ALL_DATABASES"] == changed["ALL_DATABASES"], f"a line added to a variable is lost:\n{printed}")
        printed = reader.paste(["Before you begin", *RECIPES_DOWN, *DOWN[1:], *TRY], values=branch)
        kept = {"variables": {**changed, RECORD: f"BUILD_ROLE {changed['BUILD_ROLE']}"}, "workflows": ["theirs.yml"]}
        expect(reader.left() == {**before, **kept}, f"left after taking it down: {reader.left()}\n{printed}")


def their_own(reader):
    """A team's VPC with a NAT gateway, its database and its login."""
    ec2 = reader.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    public, *private = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{n}.0/24", AvailabilityZone=f"eu-west-1{zone}")["Subnet"]["SubnetId"]
        for n, zone in enumerate("aab")
    ]
    nat = ec2.create_nat_gateway(SubnetId=public, AllocationId=ec2.allocate_address()["AllocationId"])["NatGateway"]
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat["NatGatewayId"])
    for subnet in private:
        ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    group = ec2.create_security_group(GroupName="crm", Description="crm", VpcId=vpc)["GroupId"]
    rds = reader.client("rds")
    rds.create_db_subnet_group(DBSubnetGroupName="crm", DBSubnetGroupDescription="crm", SubnetIds=private)
    rds.create_db_instance(
        DBInstanceIdentifier="crm-db",
        Engine="postgres",
        DBInstanceClass="db.t4g.micro",
        DBSubnetGroupName="crm",
        VpcSecurityGroupIds=[group],
    )
    login = json.dumps({"username": "app", "password": "not a real one", "host": "crm.internal", "port": 5432})
    reader.client("secretsmanager").create_secret(Name="crm/login", SecretString=login)
    reader.client("iam").create_open_id_connect_provider(
        Url="https://token.actions.githubusercontent.com", ClientIDList=["sts.amazonaws.com"], ThumbprintList=[]
    )
    return "crm-db", "crm/login", private


def other_ways():
    """Without a NAT gateway, and on a server of GitHub's own kind."""
    with Reader() as reader:
        prisma = re.search(r"^# .*(COMMAND=.*)$", BLOCKS["Before you begin"], re.M)[1]
        printed = reader.paste(
            [*WITHOUT_NAT, *BY_ENDPOINTS],
            values=[
                ("ISSUER=token.actions.githubusercontent.com", "ISSUER=git.example.com/_services/token"),
                ("COMMAND=python,manage.py,migrate", prisma),
            ],
        )
        again = reader.paste(["Before you begin", "A new database", "A NAT gateway"], at_a_prompt=True)
        expect("The way out is vpc-endpoints already" in again, f"endpoints become a NAT gateway without a word:\n{again}")
        expect(not reader.left()["NAT gateways"] and len(reader.left()["endpoints"]) > 1, f"the way out is {reader.left()}")
        page = (ROOT / "docs" / "frameworks.md").read_text()
        wanted = json.loads(re.search(r"^command: >-\n(.*?)^```", page, re.M | re.S)[1].replace("\n ", ""))
        definition = reader.client("ecs").describe_task_definition(taskDefinition="startupwebapp-migration-task")
        command = definition["taskDefinition"]["containerDefinitions"][0]["command"]
        expect(command == wanted, f"the command is {command}, and that of docs/frameworks.md {wanted}")
        providers = reader.client("iam").list_open_id_connect_providers()["OpenIDConnectProviderList"]
        expect([p["Arn"].split("/", 1)[1] for p in providers] == ["git.example.com/_services/token"], f"{providers} {printed}")
        roles = reader.client("iam").list_roles()["Roles"]
        trusts = [r["AssumeRolePolicyDocument"] for r in roles if re.search("-(Migration|DryRun|Build)Role-", r["RoleName"])]
        issuers = {key.rsplit(":", 1)[0] for trust in trusts for key in trust["Statement"][0]["Condition"]["StringEquals"]}
        expect(len(trusts) == 3 and issuers == {"git.example.com/_services/token"}, f"the roles trust {issuers}: {trusts}")
        failed = next(stack for stack in cloudformation_backends[ACCOUNT]["eu-west-1"].stacks.values() if "network" in stack.name)
        failed.status = "ROLLBACK_COMPLETE"
        reader.paste(["Before you begin", "When a stack does not come up"])
        expect(reader.left()["stacks"] == ["startupwebapp-migrations"], f"the failed stack alone is deleted: {reader.left()}")


def work_of_theirs():
    """A clone with commits that nobody has pushed yet, and one of another repository; an action that is not published yet."""
    with Reader() as reader:
        not_there = [("ACTION=startup/", "ACTION=org/"), ("VERSION=v1 ", "VERSION=v9 "), ("VERSION=v1 ", "VERSION=HEAD ")]
        for value in not_there:
            printed = reader.paste(["Before you begin"], values=[value], at_a_prompt=True)
            expect("is not to be had" in printed and "command not found" not in printed, f"{value} prints:\n{printed}")
        for issuer, queues in [("token.actions.githubusercontent.com", 1), ("git.example.com/_services/token", 0)]:
            copy = reader.run(f"cd action; . infra/setup.sh; DATABASES=crm TRUST=environment ISSUER={issuer}; example pipeline")
            expect(copy.count("queue: max") == queues, f"with {issuer} the copy is\n{copy}")
        clone = [("VERSION=v1 ", "VERSION=HEAD "), ("HERE=", "cd ~/action; HERE=")]
        reader.paste(["Before you begin"], values=clone)
        printed = reader.run(
            "cd action; . infra/setup.sh; OWNER=Startup REPOSITORY=webapp CHECKOUT=~/webapp TRUST=branch DATABASES=crm NOT_SET=\n"
            "git -C $CHECKOUT commit -q --allow-empty -m 'half done'\n"
            "workflows pipeline; publish 'Migrate' pipeline; git -C $CHECKOUT push -q; git -C $CHECKOUT reset -q --hard HEAD~1\n"
            "withdraw 'Stop' pipeline; REPOSITORY=crm; workflows dry-run",
            at_a_prompt=True,
        )
        expect("not pushed yet: half done" in printed and not reader.pushed(), f"their commit is pushed:\n{printed}")
        expect("is older than what is on GitHub" in printed and "removed" not in printed, f"an old clone will do:\n{printed}")
        expect("webapp.git, not of Startup/crm" in printed and "dry-run.yml: copied" not in printed, f"any clone will do:\n{printed}")


def nothing_is_found():
    """Pasted at a prompt, where a failed line does not end the rest."""
    with Reader() as reader:
        for build in [FROM_NOTHING, BESIDE_WHAT_IS_THERE]:
            printed = reader.paste([*build, *RECIPES], at_a_prompt=True, PLAY_NOTHING="1")
            empty = reader.home / "empty.log"
            expect(not empty.exists(), f"calls with an empty value:\n{printed}")
            calls = (reader.home / "aws.log").read_text()
            expect("cloudformation deploy" not in calls, f"a stack was deployed from nothing:\n{calls}")
            expect("Task definition: " not in printed, f"step 3 ends as if it had happened:\n{printed}")
            known = {"AWS_REGION", "ALL_DATABASES", "MIGRATION_PUBLIC_IP", "DATABASE_INSTANCE", RECORD}
            expect(set(reader.variables()) <= known, f"{reader.variables()}")


def timed(play):
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for each request
    began = time.monotonic()
    play()
    return f"{play.__name__.replace('_', ' ')}: played in {time.monotonic() - began:.0f} s"


def main():
    played = {*FROM_NOTHING, *BESIDE_WHAT_IS_THERE, *NEW_SHELL, *WITHOUT_NAT, *BY_ENDPOINTS, *DOWN, *ENVIRONMENT, *TRY}
    played |= {*RECIPES, *RECIPES_DOWN, *RECIPES_ENVIRONMENT}
    expect(played == set(BLOCKS), f"headings with commands that are not played, or not there: {played ^ set(BLOCKS)}")
    # Beside one another, each process with a moto of its own: the AWS CLI takes most of the time.
    with ProcessPoolExecutor(max_workers=2) as pool:
        plays = [from_nothing, recipes, beside_what_is_there, other_ways, interrupted, work_of_theirs, nothing_is_found]
        for line in pool.map(timed, plays):
            print(line)


if __name__ == "__main__":
    main()
