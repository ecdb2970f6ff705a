"""One command, one file: `arguments` declares what it takes, `run` calls one function and gives the exit status."""
