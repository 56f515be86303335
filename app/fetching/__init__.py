"""The only room that opens a connection to the outside."""
