"""scripts/check-requests.py finds what is invalid, and passes what is not. Run with python3 -m unittest."""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "check-requests.py"


def check(*entries):
    with tempfile.TemporaryDirectory() as folder:
        lines = "".join(json.dumps(entry) + "\n" for entry in entries)
        (Path(folder) / "requests.jsonl").write_text(lines, encoding="utf-8")
        done = subprocess.run([sys.executable, str(SCRIPT), folder], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def ecs(operation, output=None, **parameters):
    entry = {"service": "ecs", "operation": operation, "input": parameters}
    return entry if output is None else {**entry, "output": output}


def form(service, operation, parameters):
    return {"service": service, "operation": operation, "input": parameters}


WEB_IDENTITY = {"RoleArn": "arn:aws:iam::123456789012:role/x", "RoleSessionName": "run", "WebIdentityToken": "a.b.c"}


class CheckRequests(unittest.TestCase):
    def assert_valid(self, *entries):
        code, text = check(*entries)
        self.assertEqual(code, 0, text)
        self.assertIn(f"{len(entries)} requests, 0 invalid", text)

    def assert_invalid(self, entry, message):
        code, text = check(entry)
        self.assertEqual(code, 1, text)
        self.assertIn(message, text)

    def test_valid_requests(self):
        self.assert_valid(
            ecs("DescribeTasks", tasks=["0"], include=["TAGS"]),
            ecs("RunTask", taskDefinition="x", launchType="FARGATE", count=1),
            ecs("StopTask", output={"task": {"createdAt": "2026-01-01T00:00:00.000Z"}}, task="x"),
            form("sts", "AssumeRoleWithWebIdentity", {**WEB_IDENTITY, "DurationSeconds": "900"}),
            form("ec2", "DescribeSubnets", {"SubnetId.1": "subnet-1", "SubnetId.2": "subnet-2"}),
            form("ec2", "DescribeRouteTables", {"Filter.1.Name": "vpc-id", "Filter.1.Value.1": "vpc-1"}),
        )

    def test_unknown_operation(self):
        self.assert_invalid(ecs("RunTasks"), "no operation RunTasks")

    def test_unknown_parameter(self):
        self.assert_invalid(ecs("StopTask", task="x", force=True), "force")

    def test_missing_parameter(self):
        self.assert_invalid(ecs("DescribeTasks"), "tasks")

    def test_wrong_type(self):
        self.assert_invalid(ecs("RunTask", taskDefinition="x", count="1"), "count")

    def test_enum(self):
        self.assert_invalid(ecs("RunTask", taskDefinition="x", launchType="MOON"), "is not one of EC2, FARGATE")

    def test_upper_limit(self):
        tags = [{"key": "a", "value": "x" * 257}]
        self.assert_invalid(ecs("RunTask", taskDefinition="x", tags=tags), "maximum of 256")

    def test_unknown_parameter_of_a_form(self):
        self.assert_invalid(form("sts", "AssumeRoleWithWebIdentity", {**WEB_IDENTITY, "Bogus": "1"}), "Bogus")

    def test_missing_parameter_of_a_form(self):
        self.assert_invalid(form("sts", "AssumeRoleWithWebIdentity", {"RoleArn": "arn:aws:iam::1:role/x"}), "WebIdentityToken")

    def test_number_of_a_form(self):
        parameters = {**WEB_IDENTITY, "DurationSeconds": "long"}
        self.assert_invalid(form("sts", "AssumeRoleWithWebIdentity", parameters), "DurationSeconds")

    def test_unknown_member_of_an_answer(self):
        self.assert_invalid(ecs("StopTask", output={"task": {"bogus": 1}}, task="x"), "bogus")

    def test_nothing_to_check(self):
        code, text = check({"service": "oidc", "operation": "GetIdToken", "input": {}})
        self.assertEqual(code, 2, text)


if __name__ == "__main__":
    unittest.main()
