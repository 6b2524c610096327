"""Reads YAML files, named as arguments, with PyYAML and prints their content as one JSON object, by name."""

import json
import sys

import yaml

content = {}
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        content[name] = yaml.safe_load(file)
print(json.dumps(content))
