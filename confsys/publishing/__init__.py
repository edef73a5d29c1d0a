"""Proceedings: camera-ready papers, volumes, the open-access site."""
