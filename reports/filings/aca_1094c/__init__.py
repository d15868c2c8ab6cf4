"""Form 1094-C: what the transmittal says of the employer, month by month."""
