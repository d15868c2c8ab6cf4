"""Form 5500 of a welfare plan, its Schedules A, and the public data set they are published in."""
