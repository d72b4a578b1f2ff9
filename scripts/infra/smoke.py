"""Creates both CloudFormation stacks in moto, an AWS in memory, deletes them, and creates them again.

What it shows: the templates are accepted, every resource comes into being with the properties that matter, deletion
leaves behind nothing that moto can delete, and a second creation does not trip over remains of the first.
What it cannot show: that AWS accepts them. moto checks little, and drops properties it does not know (the size of a
task, encryption and EmptyOnDelete of a repository, outbound rules); __tests__/infra/ reads those in the template.

    python scripts/infra/smoke.py
"""

import json
import os
import pathlib
import sys

# Never the developer's own account: moto answers every call, and no real credentials are even at hand.
for variable in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[variable]
os.environ.update(AWS_ACCESS_KEY_ID="smoke", AWS_SECRET_ACCESS_KEY="smoke", AWS_DEFAULT_REGION="eu-west-1")

import boto3  # noqa: E402
from moto import mock_aws  # noqa: E402

INFRA = pathlib.Path(__file__).resolve().parents[2] / "infra"


def parameters(**values):
    return [{"ParameterKey": key, "ParameterValue": value} for key, value in values.items()]


def deploy(name, template, **values):
    """Creates a stack and returns its outputs by name."""
    cloudformation = boto3.client("cloudformation")
    cloudformation.create_stack(
        StackName=name,
        TemplateBody=(INFRA / template).read_text(),
        Parameters=parameters(**values),
        Capabilities=["CAPABILITY_IAM"],
    )
    stack = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
    expect(stack["StackStatus"] == "CREATE_COMPLETE", f"{name}: {stack['StackStatus']}")
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def delete(name):
    cloudformation = boto3.client("cloudformation")
    cloudformation.delete_stack(StackName=name)
    left = [stack["StackName"] for stack in cloudformation.describe_stacks()["Stacks"]]
    expect(name not in left, f"{name} is still there after delete")


def inventory():
    """What the templates could make, as it stands in the account now.

    Only what moto deletes with a stack. Clusters, task definitions, managed policies, route tables, NAT gateways,
    addresses, endpoints and single rules of a security group stay behind in moto, whatever the template says.
    """
    ec2, iam = boto3.client("ec2"), boto3.client("iam")
    return {
        "repositories": [r["repositoryName"] for r in boto3.client("ecr").describe_repositories()["repositories"]],
        "log groups": [g["logGroupName"] for g in boto3.client("logs").describe_log_groups()["logGroups"]],
        "roles": [r["RoleName"] for r in iam.list_roles()["Roles"]],
        "oidc providers": [p["Arn"] for p in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]],
        "security groups": sorted(g["GroupId"] for g in ec2.describe_security_groups()["SecurityGroups"]),
        "subnets": sorted(s["SubnetId"] for s in ec2.describe_subnets()["Subnets"]),
    }


def expect(condition, complaint):
    if not condition:
        sys.exit(f"smoke test failed: {complaint}")


def the_account():
    """What an adopter has before: a VPC with a public subnet, the database's security group and its secret."""
    ec2 = boto3.client("ec2")
    vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]
    subnet = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])["Subnets"][0]
    group = ec2.create_security_group(GroupName="database", Description="database", VpcId=vpc["VpcId"])["GroupId"]
    login = json.dumps({"username": "app", "password": "not a real one", "host": "db.internal", "port": "5432"})
    secret = boto3.client("secretsmanager").create_secret(Name="rds/startupwebapp", SecretString=login)["ARN"]
    # moto cannot make AWS::IAM::OIDCProvider, so this account is one that already has the provider.
    provider = boto3.client("iam").create_open_id_connect_provider(
        Url="https://token.actions.githubusercontent.com", ClientIDList=["sts.amazonaws.com"], ThumbprintList=[]
    )["OpenIDConnectProviderArn"]
    return {
        "vpc": vpc,
        "public subnet": subnet["SubnetId"],
        "database group": group,
        "secret": secret,
        "oidc provider": provider,
    }


def network(account, way_out):
    return deploy(
        "network",
        "network.yml",
        AppName="startupwebapp",
        VpcId=account["vpc"]["VpcId"],
        VpcCidr=account["vpc"]["CidrBlock"],
        WayOut=way_out,
        PublicSubnetId=account["public subnet"] if way_out == "nat-gateway" else "",
    )


def migration(account):
    return deploy(
        "migration",
        "migration.yml",
        AppName="startupwebapp",
        VpcId=account["vpc"]["VpcId"],
        DatabaseSecurityGroupId=account["database group"],
        DatabaseSecretArn=account["secret"],
        Command="python,manage.py,migrate",  # moto splits what is given, not the default
        DjangoSettingsModule="startupwebapp.settings",
        GitHubOwner="startup",
        GitHubOwnerId="1234567",
        GitHubRepository="webapp",
        GitHubRepositoryId="7654321",
        GitHubOidcProviderArn=account["oidc provider"],
    )


def check_network(outputs, way_out):
    ec2 = boto3.client("ec2")
    subnets = outputs["PrivateSubnetIds"].split(",")
    expect(len(subnets) == 2, f"two private subnets, not {subnets}")
    zones = {s["AvailabilityZone"] for s in ec2.describe_subnets(SubnetIds=subnets)["Subnets"]}
    expect(len(zones) == 2, f"subnets in two zones, not {zones}")
    # moto keeps associations made by CloudFormation where DescribeRouteTables does not look, hence by its name.
    table_id = boto3.client("cloudformation").describe_stack_resource(
        StackName="network", LogicalResourceId="PrivateRouteTable"
    )["StackResourceDetail"]["PhysicalResourceId"]
    tables = ec2.describe_route_tables(RouteTableIds=[table_id])["RouteTables"]
    nat = [route for route in tables[0]["Routes"] if route.get("NatGatewayId")]
    endpoints = {e["ServiceName"].split(".", 3)[3]: e for e in ec2.describe_vpc_endpoints()["VpcEndpoints"]}
    if way_out == "nat-gateway":
        expect([r["DestinationCidrBlock"] for r in nat] == ["0.0.0.0/0"], f"a default route through the NAT, not {nat}")
        expect(endpoints == {}, f"no endpoint beside the NAT gateway, but {sorted(endpoints)}")
    else:
        expect(nat == [], "no NAT gateway beside the endpoints")
        expect(sorted(endpoints) == ["ecr.api", "ecr.dkr", "logs", "s3", "secretsmanager"], f"endpoints {sorted(endpoints)}")
        expect(endpoints["s3"]["RouteTableIds"] == [tables[0]["RouteTableId"]], "S3 is on the private route table")


def check_migration(account, outputs):
    groups = boto3.client("logs").describe_log_groups()["logGroups"]
    expect(
        [(g["logGroupName"], g.get("retentionInDays")) for g in groups] == [("/ecs/startupwebapp-migrations", 7)],
        f"the log group keeps 7 days: {groups}",
    )

    definition = boto3.client("ecs").describe_task_definition(taskDefinition=outputs["TaskDefinitionFamily"])["taskDefinition"]
    container = definition["containerDefinitions"][0]
    expect(container["command"] == ["python", "manage.py", "migrate"], f"the command is {container['command']}")
    expect(
        [v["name"] for v in container["environment"]] == ["AWS_REGION", "DB_SECRET_NAME", "DJANGO_SETTINGS_MODULE"],
        f"the variables are {container['environment']}",
    )
    expect(
        [s["name"] for s in container["secrets"]]
        == ["DATABASE_USER", "DATABASE_PASSWORD", "DATABASE_HOST", "DATABASE_PORT"],
        f"the secrets are {container['secrets']}",
    )

    ec2 = boto3.client("ec2")
    task_group = outputs["TaskSecurityGroupId"]
    database_group = account["database group"]
    rules = ec2.describe_security_groups(GroupIds=[database_group])["SecurityGroups"][0]["IpPermissions"]
    admitted = [(rule["FromPort"], rule["ToPort"], pair["GroupId"]) for rule in rules for pair in rule["UserIdGroupPairs"]]
    expect((5432, 5432, task_group) in admitted, f"the database lets the task in on 5432: {admitted}")
    own = ec2.describe_security_groups(GroupIds=[task_group])["SecurityGroups"][0]
    expect(own["IpPermissions"] == [], "nothing comes in to the task")


def create_and_delete(account, way_out):
    check_network(network(account, way_out), way_out)
    check_migration(account, migration(account))
    delete("migration")
    delete("network")


def main():
    for way_out in ["nat-gateway", "vpc-endpoints"]:
        with mock_aws():
            account = the_account()
            before = inventory()
            for time in ["created", "created again"]:
                create_and_delete(account, way_out)
                after = inventory()
                left = [f"{kind} {after[kind]}, before {things}" for kind, things in before.items() if after[kind] != things]
                expect(not left, "delete left behind: " + "; ".join(left))
                print(f"{way_out}: {time}, checked, deleted, nothing of it left")


if __name__ == "__main__":
    main()
