"""Clients come in from files: what a file is, what its columns mean, what may enter, and undo.

A file is read twice: ``plan`` says what would happen to every row, ``staging`` brings the accepted
rows in by short transactions and makes them visible by one more.
"""
