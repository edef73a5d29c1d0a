"""What each rule forbids or regrets, item by item, in the form the searches work on.

A *fact* prices single placements of one item; a *meeting* prices two items that run at the same time. Each
names its rule and subjects, so that a hard one can be explained and a soft one priced.
"""
