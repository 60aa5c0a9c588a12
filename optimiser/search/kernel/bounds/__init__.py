"""The compiled part of the proved bound. One file by itself: numba sees its edits."""
