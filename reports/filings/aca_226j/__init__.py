"""What answers Letter 226-J: the people listed, what the facts say, and the rows behind it."""
