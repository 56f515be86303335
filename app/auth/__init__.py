"""Who: passwords, identity, the wall, the throttle, one-time links."""
