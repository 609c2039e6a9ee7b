"""XML of telephones: elements and attributes that hold one line each. The library escapes."""

import re
from xml.etree import ElementTree  # noqa: S405 - only written with, never read with

from extensions.provisioning.formats.values import NotWritable, demand_line

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*", re.ASCII)


class XmlFile:
    """A document with one root element."""

    def __init__(self, root: str, /, **attributes: object) -> None:
        self.root = ElementTree.Element(_name(root), _attributes(attributes))

    def group(self, parent: "ElementTree.Element | None", name: str, /, **attributes: object) -> "ElementTree.Element":
        """An element that holds others; in the root where no `parent` is named."""
        return ElementTree.SubElement(self.root if parent is None else parent, _name(name), _attributes(attributes))

    def leaf(
        self, parent: "ElementTree.Element | None", name: str, value: object = "", /, **attributes: object
    ) -> "ElementTree.Element":
        """An element that holds one line. Raises NotWritable for anything else."""
        made = self.group(parent, name, **attributes)
        made.text = demand_line(str(value)) or None
        return made

    def text(self) -> str:
        """The whole document."""
        ElementTree.indent(self.root, "  ")
        body = ElementTree.tostring(self.root, encoding="unicode", short_empty_elements=True)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise NotWritable(f"{name!r} is no name in XML")
    return name


def _attributes(given: dict[str, object]) -> dict[str, str]:
    return {_name(name): demand_line(str(value)) for name, value in given.items()}
