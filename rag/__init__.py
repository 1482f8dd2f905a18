"""Answers questions in Vietnamese over official documents, with the very sentence that says so."""
