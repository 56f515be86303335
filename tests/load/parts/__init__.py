"""What is measured, a module for each part: ``measure(files)`` answers its figures."""
