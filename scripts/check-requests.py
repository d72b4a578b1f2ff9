#!/usr/bin/env python3
"""Checks requests that the local AWS received against AWS's published service models, which botocore carries.

    python3 scripts/check-requests.py FILE_OR_FOLDER ...

Reads the JSON lines that the local AWS appends where LOCAL_AWS_JOURNAL_DIR points to: `service`, `operation`,
`input`, and `output` where LOCAL_AWS_JOURNAL_OUTPUTS is set, which is then checked as well. Exit code 0: every
request is valid; 1: some are not, each named; 2: there was nothing to check.
"""

import json
import sys
from collections import Counter
from functools import lru_cache
from pathlib import Path

from botocore.loaders import Loader
from botocore.model import OperationNotFoundError, ServiceModel
from botocore.validate import ParamValidator

# The local AWS's own name for what is no AWS service: GitHub's token endpoint.
NOT_AWS = {"oidc"}
QUERY_PROTOCOLS = {"query", "ec2"}


@lru_cache(maxsize=None)
def service_model(service):
    return ServiceModel(Loader().load_service_model(service, "service-2"), service)


def wire_name(shape, name, member, protocol):
    """The name of a structure's member in a form."""
    if protocol == "ec2" and "queryName" in member.serialization:
        return member.serialization["queryName"]
    wire = member.serialization.get("name", name)
    return wire[0].upper() + wire[1:] if protocol == "ec2" else wire


def scalar(shape, text):
    if shape.type_name in ("integer", "long"):
        try:
            return int(text)
        except ValueError:
            return text
    if shape.type_name == "boolean":
        return {"true": True, "false": False}.get(text, text)
    return text


def unflatten(shape, form, prefix, protocol):
    """The value below `prefix` of a form; takes what it reads out of the form."""
    if shape.type_name == "structure":
        value = {}
        for name, member in shape.members.items():
            inner_prefix = f"{prefix}.{wire_name(shape, name, member, protocol)}".lstrip(".")
            inner = unflatten(member, form, inner_prefix, protocol)
            if inner is not None:
                value[name] = inner
        return value if value or not prefix else None
    if shape.type_name == "list":
        flat = protocol == "ec2" or shape.serialization.get("flattened")
        values = []
        while True:
            item = f"{prefix}.{len(values) + 1}" if flat else f"{prefix}.member.{len(values) + 1}"
            inner = unflatten(shape.member, form, item, protocol)
            if inner is None:
                return values or None
            values.append(inner)
    return scalar(shape, form.pop(prefix)) if prefix in form else None


def constraint_errors(shape, value, path):
    """Enums and upper limits, which ParamValidator leaves to the service."""
    allowed = getattr(shape, "enum", None)
    if allowed and value not in allowed:
        yield f"{path}: {value!r} is not one of {', '.join(allowed)}"
    limit = shape.metadata.get("max")
    if limit is not None:
        size = value if isinstance(value, (int, float)) else len(value)
        if size > limit:
            yield f"{path}: {size} is more than the maximum of {limit}"
    if shape.type_name == "structure":
        for name, inner in value.items():
            if name in shape.members:
                yield from constraint_errors(shape.members[name], inner, f"{path}.{name}")
    elif shape.type_name == "list":
        for index, inner in enumerate(value):
            yield from constraint_errors(shape.member, inner, f"{path}[{index}]")


def value_errors(shape, value, path):
    if shape is None:
        return [f"{path}: takes no parameters"] if value else []
    report = ParamValidator().validate(value, shape)
    if report.has_errors():
        return report.generate_report().splitlines()
    return list(constraint_errors(shape, value, path))


def request_errors(entry):
    model = service_model(entry["service"])
    try:
        operation = model.operation_model(entry["operation"])
    except OperationNotFoundError:
        return [f"AWS has no operation {entry['operation']}"]
    value, errors = entry["input"], []
    protocol = model.metadata["protocol"]
    if protocol in QUERY_PROTOCOLS and operation.input_shape is not None:
        form = dict(value)
        value = unflatten(operation.input_shape, form, "", protocol) or {}
        errors += [f"unknown parameter {name}" for name in form]
    errors += value_errors(operation.input_shape, value, "input")
    if protocol not in QUERY_PROTOCOLS and entry.get("output") is not None:
        errors += [f"answer: {error}" for error in value_errors(operation.output_shape, entry["output"], "output")]
    return errors


def journal_files(arguments):
    for argument in map(Path, arguments):
        yield from sorted(argument.glob("**/*.jsonl")) if argument.is_dir() else [argument]


def main(arguments):
    counts, invalid = Counter(), 0
    for file in journal_files(arguments):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            entry = json.loads(line)
            if entry["service"] in NOT_AWS:
                continue
            counts[f"{entry['service']}:{entry['operation']}"] += 1
            errors = request_errors(entry)
            if errors:
                invalid += 1
                print(f"{file.name}:{number}: {entry['service']}:{entry['operation']}")
                print("\n".join(f"  {error}" for error in errors))
    for name, count in sorted(counts.items()):
        print(f"{count:8} {name}")
    total = sum(counts.values())
    print(f"{total} requests, {invalid} invalid by AWS's service models")
    if total == 0:
        print("Nothing to check: did the tests run with LOCAL_AWS_JOURNAL_DIR set?", file=sys.stderr)
        return 2
    return 1 if invalid else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
