"""Shape and wording of what people type. Rules are elsewhere."""

from confsys.submissions.forms.paper import PaperForm, StartForm
from confsys.submissions.forms.small import WithdrawForm

__all__ = ["PaperForm", "StartForm", "WithdrawForm"]
