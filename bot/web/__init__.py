"""The server: guard, routes, visitors, rates and the log of requests."""
