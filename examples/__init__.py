"""What the book shows in other libraries: short programs, and what came out when they ran.

The libraries are too large for the environment of the book.  So each module here has a function
`results`, which runs in an environment of its own (`make frameworks`), and a file in `recorded/`
that keeps what it gave.  The pages show the code by its name, and the results from that file.
"""
