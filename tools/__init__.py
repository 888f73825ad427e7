"""What `./bedside` and `./bedside test` do around the program: provisioning, checks, counting.

Standard library only: the first of these modules run before anything is installed.
"""
