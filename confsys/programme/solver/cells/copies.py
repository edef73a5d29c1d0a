"""How many rooms at once a track cannot do without."""

from confsys.programme.solver.data.instance import Instance


def copies_needed(instance: Instance, track: int) -> int:
    """The fewest parallel cells into which first-fit packs the track's items, longest first."""
    lengths = sorted((instance.items[i].slots for i in instance.items_of_track[track]), reverse=True)
    copies = 1
    while copies < len(instance.rooms) and not _fits(lengths, [s.slots for s in instance.sessions] * copies):
        copies += 1
    return copies


def _fits(lengths: list[int], free: list[int]) -> bool:
    """Best fit: each length into the fullest cell that still takes it."""
    for length in lengths:
        taking = [cell for cell in range(len(free)) if free[cell] >= length]
        if not taking:
            return False
        free[min(taking, key=free.__getitem__)] -= length
    return True
