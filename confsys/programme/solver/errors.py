"""What the engine raises, each in one sentence that a person can act on."""


class InputError(ValueError):
    """An instance, a schedule or an argument that cannot be used; names the field and the item."""


class NoScheduleError(RuntimeError):
    """The time ran out before a first schedule that keeps the hard rules was found; nothing is proven."""
