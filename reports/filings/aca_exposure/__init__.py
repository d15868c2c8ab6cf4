"""What the employer mandate could cost, month by month."""
