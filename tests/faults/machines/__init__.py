"""Machines of trials: proxies, servers, networks."""
