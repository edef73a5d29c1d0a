"""Pages put together with pikepdf.

Front matter, stamped papers, back matter; links, bookmarks, labels, metadata.
"""
