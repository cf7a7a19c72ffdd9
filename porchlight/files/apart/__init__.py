"""Small programs that open what strangers made, each run by `toolbox.apart` in a process of its own.

They import nothing of ours. Each writes what it made, then what it is as JSON, then the length of that in four bytes;
or ends with one of these numbers.
"""

DAMAGED, TOO_LARGE, OTHER_KIND, TOO_LONG = 3, 4, 5, 6
