"""What the engine raises, in one sentence that a person can act on."""


class InputError(ValueError):
    """An instance, a schedule or an argument that cannot be used; names the field and the item."""
