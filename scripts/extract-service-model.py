#!/usr/bin/env python3
"""Writes local/aws/service-model.json: the shapes of the operations that the local AWS serves.

They come from the service models inside botocore (Apache-2.0; see local/aws/service-model.md), without
documentation, examples and outputs. Run it again when botocore is upgraded:

    python3 scripts/extract-service-model.py
"""

import json
from pathlib import Path

import botocore
from botocore.loaders import Loader

OPERATIONS = {
    "ecs": [
        "DeregisterTaskDefinition",
        "DescribeClusters",
        "DescribeServices",
        "DescribeTaskDefinition",
        "DescribeTasks",
        "ListTaskDefinitions",
        "ListTasks",
        "RegisterTaskDefinition",
        "RunTask",
        "StopTask",
    ],
    "logs": ["CreateLogGroup", "DescribeLogGroups", "GetLogEvents"],
    "sts": ["AssumeRoleWithWebIdentity"],
}

CONSTRAINTS = ("type", "required", "enum", "pattern", "min", "max")


def shape_names(shape):
    """The shapes that a shape is made of."""
    parts = list(shape.get("members", {}).values())
    parts += [shape[part] for part in ("member", "key", "value") if part in shape]
    return [part["shape"] for part in parts]


def reachable(shapes, names):
    found, waiting = set(), list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += shape_names(shapes[name])
    return sorted(found)


def bare(shape):
    """A shape without documentation and without what only matters to client generators."""
    kept = {key: shape[key] for key in CONSTRAINTS if key in shape}
    if "members" in shape:
        kept["members"] = {name: member["shape"] for name, member in shape["members"].items()}
    for part in ("member", "key", "value"):
        if part in shape:
            kept[part] = shape[part]["shape"]
    return kept


def extract(service, operations):
    model = Loader().load_service_model(service, "service-2")
    inputs = {name: model["operations"][name].get("input", {}).get("shape") for name in operations}
    names = reachable(model["shapes"], [shape for shape in inputs.values() if shape])
    return {
        "apiVersion": model["metadata"]["apiVersion"],
        "targetPrefix": model["metadata"].get("targetPrefix"),
        "operations": inputs,
        "shapes": {name: bare(model["shapes"][name]) for name in names},
    }


def main():
    document = {
        "source": f"botocore {botocore.__version__}, Apache-2.0, shortened; see service-model.md",
        "services": {service: extract(service, operations) for service, operations in OPERATIONS.items()},
    }
    target = Path(__file__).parent.parent / "local" / "aws" / "service-model.json"
    target.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    print(f"{target.name}: {target.stat().st_size // 1024} kB from botocore {botocore.__version__}")


if __name__ == "__main__":
    main()
