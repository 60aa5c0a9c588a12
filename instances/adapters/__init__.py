"""Readers of formats that others made: public benchmarks, as nouns and row rules of this project."""
