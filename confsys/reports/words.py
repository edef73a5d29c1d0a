"""What the closed sets of this room are called."""

from __future__ import annotations

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.reports.states import FileForm

FORMS: dict[FileForm, Lazy] = {
    FileForm.DOCX: _l("Word document"),
    FileForm.XLSX: _l("Workbook with all rows"),
    FileForm.JSON: _l("Data file"),
}
