"""How every function of the kernel is compiled: cached, without the interpreter's lock, without reference counting.

numba counts references to each array of each tuple on every call: two atomic steps on memory that all threads share.
Measured, that was two fifths of the search's time, and made two islands in two threads slow each other down. Without
it functions may not allocate: all working space lies in State, under the names in data.py.
"""

from __future__ import annotations

from numba import njit

compiled = njit(cache=True, nogil=True, _nrt=False)
