"""Charts as pictures, drawn with the fonts of the house."""

from __future__ import annotations

from confsys.core.documents import set_png
from confsys.reports.reading import ChartView

#: Longer labels are cut: the table below has them whole.
LONGEST = 60


def drawn(chart: ChartView) -> bytes:
    """A PNG, 160 mm wide."""
    return set_png(
        "reports/documents/chart.typ",
        {
            "kind": chart.kind, "across": chart.across, "labels": [_cut(label) for label in chart.labels],
            "series": [{"label": label, "values": list(values)} for label, values in chart.series],
        },
    )  # fmt: skip


def described(chart: ChartView) -> str:
    """What stands in for the picture where it cannot be seen; the numbers follow it as a table."""
    return f"{chart.title}. {chart.see}".strip() if chart.see else chart.title


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1] + "…"
