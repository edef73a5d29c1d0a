"""Papers and proposals: their authors, files, versions, and who must keep away from them."""
