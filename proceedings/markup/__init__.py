"""Words with a little form: ``<i>``, ``<b>``, ``<sup>``, ``<sub>``, ``<fixed-case>`` and ``$TeX math$``.

Titles and abstracts may carry these; everything else is taken literally, so that ``a < b`` and ``$5``
stay what they are.
"""

from proceedings.markup.parse import Node, parse
from proceedings.markup.write import face, html, latex, plain, tree

__all__ = ["Node", "face", "html", "latex", "parse", "plain", "tree"]
