"""What graders do beside the marking itself: their queue, remarks, comments, exports, calibration."""
