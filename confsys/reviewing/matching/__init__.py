"""Between peer review and the matching engine: what is asked, what came back, what it would change.

Pure like the engine itself: plain data in, plain data out. ``queries.material`` reads what is needed, jobs run it.
"""
