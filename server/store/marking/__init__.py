"""What faculty write: marks, remarks, comments kept for the next time, calibration sets, and the queue."""
