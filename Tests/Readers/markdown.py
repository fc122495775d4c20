"""Renders Markdown as GitHub does, raw HTML and bare links included, and prints which elements and links come of it, as one JSON object.

  markdown.py PATH
"""

import json
import sys
from pathlib import Path

from lxml import html
from markdown_it import MarkdownIt


def main(path):
    rendered = MarkdownIt("gfm-like", {"html": True}).render(Path(path).read_text())
    document = html.fragment_fromstring(rendered, create_parent="div")
    elements = {one.tag for one in document.iter() if isinstance(one.tag, str)}
    attributes = {name for one in document.iter() if isinstance(one.tag, str) for name in one.attrib}
    links = {one.get("href") for one in document.iter("a")}
    print(json.dumps({"elements": sorted(elements), "attributes": sorted(attributes), "links": sorted(links), "text": document.text_content()}))


main(*sys.argv[1:])
